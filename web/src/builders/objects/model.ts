/** Objects and fields as the designer sees them: with every attribute that may be configured, in every state. */
import type {
  DesignedObject as AnyObject,
  DesignedPart as AnyPart,
  DesignedWhole as AnyWhole,
  ChoiceOption,
  FieldSettings,
  Filter,
  Hue,
  Label,
} from "@/api/types";

export type State = "active" | "creating" | "archived" | "retiring" | "dropped";

/** Who may read records besides those that rights reach, and how far a share of one reaches beneath it. */
export interface ObjectAccess {
  read_also?: Filter;
  private?: Filter;
  share_reach?: { steps: number; objects: string[] | null };
}

export interface ObjectValues {
  label: Label;
  plural: Label;
  icon: string;
  color: Hue;
  title: string;
  features: string[];
  group: string;
  position: number;
  inherit: string | null;
  board: string | null;
  uniques: string[][];
  access: ObjectAccess | null;
}

export interface FieldValues {
  label: Label;
  help: Partial<Label>;
  required: boolean;
  unique: boolean;
  searchable: boolean;
  read_only: boolean;
  hidden: boolean;
  index: boolean;
  default: unknown;
  settings: FieldSettings;
  position: number;
}

/** Another kind for a field, going on in the background or done less than a day ago. */
interface Conversion {
  state: "running" | "reverting" | "done";
  from: { kind: string };
  to: { kind: string };
  failed: number;
  until?: string;
}

export type DesignedObject = Omit<AnyObject, "values" | "state"> & { values: ObjectValues; state: State };
export type DesignedField = Omit<AnyPart, "values" | "state" | "conversion"> & {
  values: FieldValues;
  state: State;
  conversion: Conversion | null;
};
export type DesignedWhole = Omit<AnyWhole, "values" | "state" | "parts"> & {
  values: ObjectValues;
  state: State;
  parts: DesignedField[];
};

export const isLive = ({ state }: { state: State }) => state === "active" || state === "creating";
/** Out of sight, and can be brought back. */
export const isArchived = ({ state }: { state: State }) => state === "archived";

/** The list with one taken out and put back at another place. */
export function moved<T extends { id: string }>(list: readonly T[], id: string, to: number): T[] {
  const rest = list.filter((one) => one.id !== id);
  const one = list.find((each) => each.id === id);
  if (one) rest.splice(Math.max(0, Math.min(to, rest.length)), 0, one);
  return rest;
}

/** The changes that give fields an order: only those whose place differs. */
export function renumbered(fields: readonly DesignedField[]) {
  return fields.flatMap(({ id, values }, at) =>
    values.position === at ? [] : [{ op: "field.update", id, values: { position: at } }],
  );
}

/** Words in both languages; a language without words takes those of the other. */
export function bothLanguages(words: Partial<Label>): Label {
  const chinese = words["zh-CN"]?.trim() ?? "";
  const english = words.en?.trim() ?? "";
  return { "zh-CN": chinese || english, en: english || chinese };
}

/** The attributes that differ, as they are to be, and as they were seen. */
export function difference<T extends object>(seen: T, wanted: T) {
  const keys = (Object.keys(wanted) as (keyof T & string)[]).filter(
    (key) => canonical(seen[key]) !== canonical(wanted[key]),
  );
  return {
    values: Object.fromEntries(keys.map((key) => [key, wanted[key]])),
    expected: Object.fromEntries(keys.map((key) => [key, seen[key]])),
  };
}

/** JSON with its keys in order, so that equal values have equal text. */
function canonical(value: unknown): string {
  return JSON.stringify(value, (_, inner) =>
    inner && typeof inner === "object" && !Array.isArray(inner)
      ? Object.fromEntries(Object.entries(inner).sort(([one], [other]) => (one < other ? -1 : 1)))
      : inner,
  );
}

/** Options that were there and are no longer. */
export function removedOptions(before: FieldSettings, after: FieldSettings): ChoiceOption[] {
  const kept = new Set((after.options ?? []).map(({ key }) => key));
  return (before.options ?? []).filter(({ key }) => !kept.has(key));
}
