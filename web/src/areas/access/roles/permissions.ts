/** What a role's permissions say, read and changed; the JSON is the server's own. */
import type { CatalogObject, Field, Filter } from "@/api/types";
import { holdsValue } from "@/lib/catalog";

export const SCOPES = ["none", "own", "department", "tree", "all"] as const;
export type Scope = (typeof SCOPES)[number];

/** Whose records: a scope, or one together with chosen departments and a filter, of which any opens a record. */
export interface ReachParts {
  scope: Scope;
  departments: string[];
  where: Filter | null;
}
export type Reach = Scope | Partial<ReachParts>;

export const VERBS = ["read", "edit", "delete"] as const;
export type Verb = (typeof VERBS)[number];

export const SWITCHES = [
  "create",
  "restore",
  "import",
  "export",
  "bulk",
  "share",
  "transfer",
  "configure",
] as const;
export type Switch = (typeof SWITCHES)[number];

/** From least to most. */
export const LEVELS = ["hidden", "masked", "reveal", "read", "edit"] as const;
export type Level = (typeof LEVELS)[number];
type Levels = Record<string, Level>;

export interface ObjectRights extends Partial<Record<Switch, boolean>>, Partial<Record<Verb, Reach>> {
  fields?: Levels;
  types?: Record<string, Levels>;
}

export interface SignInRules {
  second_factor?: "off" | "required";
  idle_minutes?: number;
  absolute_hours?: number;
  ip_allow?: string[];
  watermark?: boolean;
}

export interface Permissions {
  objects?: Record<string, ObjectRights>;
  system?: string[];
  sign_in?: SignInRules;
}

export const SYSTEM_RIGHTS = [
  "members",
  "roles",
  "configure",
  "import",
  "audit",
  "automation",
  "view_as",
  "security",
] as const;

/** Stands for every object without a line of its own. */
export const OTHERS = "*";

/** Allowed where a line does not name them: the reach to edit or to delete decides. */
const GIVEN: ReadonlySet<Switch> = new Set(["restore", "bulk", "share", "transfer"]);

/** What a switch needs before it means anything. */
const RESTS_ON: Record<Switch, Verb> = {
  create: "read",
  restore: "delete",
  import: "read",
  export: "read",
  bulk: "edit",
  share: "edit",
  transfer: "edit",
  configure: "read",
};

const NOTHING: ObjectRights = {};

/** The line that holds for an object: its own, or that of all others. */
export function lineOf(permissions: Permissions, object: string): ObjectRights {
  return permissions.objects?.[object] ?? permissions.objects?.[OTHERS] ?? NOTHING;
}

export function hasOwnLine(permissions: Permissions, object: string): boolean {
  return permissions.objects?.[object] !== undefined;
}

export function reachOf(line: ObjectRights, verb: Verb): ReachParts {
  const reach = line[verb] ?? "none";
  if (typeof reach === "string") return { scope: reach, departments: [], where: null };
  return {
    scope: reach.scope ?? "none",
    departments: reach.departments ?? [],
    where: reach.where ?? null,
  };
}

/** As the server keeps it: the scope's name where nothing else is said. */
export function writtenReach({ scope, departments, where }: ReachParts): Reach {
  if (scope === "all" || (departments.length === 0 && !where)) return scope;
  return { scope, ...(departments.length > 0 ? { departments } : {}), ...(where ? { where } : {}) };
}

export const isNone = ({ scope, departments, where }: ReachParts) =>
  scope === "none" && departments.length === 0 && !where;

export function isOn(line: ObjectRights, name: Switch): boolean {
  return line[name] ?? GIVEN.has(name);
}

/** Whether a switch means anything beside the line's reaches. */
export function isUsable(line: ObjectRights, name: Switch): boolean {
  return !isNone(reachOf(line, RESTS_ON[name])) && !isNone(reachOf(line, "read"));
}

/** The permissions with the line of an object changed; an object that followed the others gets a line of its own. */
export function withLine(
  permissions: Permissions,
  object: string,
  change: (line: ObjectRights) => ObjectRights,
): Permissions {
  const objects = { ...permissions.objects, [object]: change(lineOf(permissions, object)) };
  return { ...permissions, objects };
}

/** The permissions with the object following the others again. */
export function withoutLine(permissions: Permissions, object: string): Permissions {
  const { [object]: _, ...objects } = permissions.objects ?? {};
  return { ...permissions, objects };
}

export const withReach = (line: ObjectRights, verb: Verb, reach: ReachParts): ObjectRights => ({
  ...line,
  [verb]: writtenReach(reach),
});

/** The level of a field, on records of a type. */
export function levelOf(line: ObjectRights, field: string, type: string | null = null): Level {
  return (type !== null ? line.types?.[type]?.[field] : undefined) ?? line.fields?.[field] ?? "edit";
}

/** Whether a type has a level of its own for the field. */
export const hasOwnLevel = (line: ObjectRights, field: string, type: string) =>
  line.types?.[type]?.[field] !== undefined;

/** The line with the level of a field set, or, for a type and null, following that of all types again. */
export function withLevel(
  line: ObjectRights,
  field: string,
  type: string | null,
  level: Level | null,
): ObjectRights {
  if (type === null) {
    const fields = changed(line.fields, field, level === "edit" ? null : level);
    return dropEmpty({ ...line, fields });
  }
  const own = changed(line.types?.[type], field, level);
  const types = { ...line.types, [type]: own };
  if (Object.keys(own).length === 0) delete types[type];
  return dropEmpty({ ...line, types });
}

function changed(levels: Levels | undefined, field: string, level: Level | null): Levels {
  const { [field]: _, ...rest } = levels ?? {};
  return level === null ? rest : { ...rest, [field]: level };
}

function dropEmpty(line: ObjectRights): ObjectRights {
  const { fields, types, ...rest } = line;
  return {
    ...rest,
    ...(fields && Object.keys(fields).length > 0 ? { fields } : {}),
    ...(types && Object.keys(types).length > 0 ? { types } : {}),
  };
}

/** How many fields of a line are less than edited, on records of any type. */
export function countLimited(line: ObjectRights): number {
  const limited = new Set(Object.keys(line.fields ?? {}));
  for (const levels of Object.values(line.types ?? {})) {
    for (const [field, level] of Object.entries(levels)) if (level !== "edit") limited.add(field);
  }
  return limited.size;
}

/** Fields that a role can speak of: those with a value that the screens know. */
export const rightfulFields = (object: CatalogObject): Field[] =>
  object.fields.filter((field) => holdsValue(field) && !field.hidden);

/** The objects with records of people first, those of the settings after them. */
export function inMatrixOrder(objects: CatalogObject[]): {
  business: CatalogObject[];
  settings: CatalogObject[];
} {
  const sorted = [...objects].sort((a, b) => a.position - b.position);
  return {
    business: sorted.filter(({ group }) => group !== "settings"),
    settings: sorted.filter(({ group }) => group === "settings"),
  };
}

/** Whether two permissions give the same, whatever the order in which they are written. */
export function areSame(one: unknown, other: unknown): boolean {
  return canonical(one) === canonical(other);
}

function canonical(value: unknown): string {
  return JSON.stringify(value, (_, inner) =>
    inner && typeof inner === "object" && !Array.isArray(inner)
      ? Object.fromEntries(
          Object.entries(inner)
            .filter(([, each]) => each !== undefined)
            .sort(([a], [b]) => (a < b ? -1 : 1)),
        )
      : inner,
  );
}
