/** Differences of configurations as the screen shows them: in groups, with what is chosen at first and what needs what. */
import type { CatalogObject, ConfigurationDifference } from "@/api/types";

export type Difference = Omit<ConfigurationDifference, "op" | "changed"> & {
  op: "added" | "changed" | "removed";
  changed: "here" | "there" | "both" | null;
};

export interface DifferenceGroup {
  /** Key of the object, or name of the section. */
  key: string;
  object: boolean;
  differences: Difference[];
}

const OF_OBJECTS = ["object", "field", "component"];
/** Sections whose things are shown among those of another one. */
const AMONG: Record<string, string> = { stage: "pipeline" };

/** By the object that things belong to; records of configuration by their section. Everything stays in its order. */
export function grouped(differences: Difference[]): DifferenceGroup[] {
  const groups = new Map<string, DifferenceGroup>();
  for (const one of differences) {
    const object = OF_OBJECTS.includes(one.section) ? objectOf(one) : one.object;
    const key = object ?? AMONG[one.section] ?? one.section;
    const group = groups.get(key) ?? { key, object: object !== null, differences: [] };
    group.differences.push(one);
    groups.set(key, group);
  }
  return [...groups.values()];
}

/** What a group is called: the object as it is here, or as it is to be. */
export function groupLabel(
  group: DifferenceGroup,
  objects: CatalogObject[],
): Partial<Record<"zh-CN" | "en", string>> | null {
  const own = group.differences.find(({ section, op }) => section === "object" && op !== "removed");
  return own?.label ?? objects.find(({ key }) => key === group.key)?.label ?? null;
}

function objectOf(one: Difference): string | null {
  return one.object ?? one.path.split("/")[1] ?? null;
}

/** What sort of thing differs, as a word of the texts: field, layout, rule, record_type, role, view ... */
export function sortOf(one: Difference): string {
  if (one.section !== "component") return one.section;
  return (one.path.split("/")[2] ?? "").replace(/s$/, "");
}

/** What would be chosen by somebody who looks at nothing: all that comes, and of a sandbox what was changed there. */
export function chosenAtFirst(differences: Difference[]): Set<string> {
  const chosen = differences.filter((one) => {
    if (one.obstacles.length > 0) return false;
    return one.changed === null ? one.op !== "removed" : one.changed === "there";
  });
  return new Set(chosen.map(({ name }) => name));
}

/** What has to be applied with a difference: its object, and new records that it names. */
function needs(one: Difference, all: Difference[]): Difference[] {
  const added = all.filter((other) => other.op === "added" && other !== one);
  const texts = new Set(one.attributes.flatMap(({ after }) => [...within(after)]));
  return added.filter((other) => {
    if (other.section === "object") {
      return OF_OBJECTS.includes(one.section) && one.op !== "removed" && objectOf(one) === objectOf(other);
    }
    if (OF_OBJECTS.includes(other.section)) return isCustomValueOf(one, other);
    return texts.has(other.id) || texts.has(`${other.section}:${other.id}`);
  });
}

/** Whether a record has a value of a new field. */
function isCustomValueOf(one: Difference, field: Difference): boolean {
  const key = field.path.split("/").at(-1)?.replace(".toml", "");
  return (
    field.section === "field" &&
    field.object === one.section &&
    one.attributes.some(
      ({ name, after }) =>
        name === `custom.${key}` ||
        (name === "custom" && typeof after === "object" && after !== null && (key ?? "") in after),
    )
  );
}

function* within(value: unknown): Generator<string> {
  if (typeof value === "string") yield value;
  else if (typeof value === "object" && value !== null)
    for (const one of Object.values(value)) yield* within(one);
}

/** The names that are chosen after one of them was: with it what it needs, without it what needs it. */
export function toggled(chosen: Set<string>, one: Difference, all: Difference[]): Set<string> {
  const made = new Set(chosen);
  const open = [one];
  const follows = made.has(one.name)
    ? (each: Difference) => all.filter((other) => made.has(other.name) && needs(other, all).includes(each))
    : (each: Difference) => needs(each, all).filter((other) => !made.has(other.name));
  const adds = !made.has(one.name);
  for (let each = open.pop(); each; each = open.pop()) {
    if (adds) made.add(each.name);
    else made.delete(each.name);
    open.push(...follows(each));
  }
  return made;
}

/** How many are added, changed and removed. */
export function counted(differences: Difference[]) {
  const of = (op: Difference["op"]) => differences.filter((one) => one.op === op).length;
  return { added: of("added"), changed: of("changed"), removed: of("removed") };
}

/** The archive as the server takes it. */
export async function inBase64(file: Blob): Promise<string> {
  const bytes = new Uint8Array(await file.arrayBuffer());
  const pieces: string[] = [];
  for (let at = 0; at < bytes.length; at += 0x8000) {
    pieces.push(String.fromCharCode(...bytes.subarray(at, at + 0x8000)));
  }
  return btoa(pieces.join(""));
}

/** An address that no workspace has yet, made of another one: `acme-sandbox`, `acme-sandbox-2`. */
export function freeAddress(workspace: string, taken: string[]): string {
  const stem = `${workspace.slice(0, 28)}-sandbox`;
  let made = stem;
  for (let number = 2; taken.includes(made); number += 1) made = `${stem}-${number}`;
  return made;
}
