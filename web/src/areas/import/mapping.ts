/** The mapping while a person works on it: pure steps from the server's proposal to the settings it takes. */
import type { CatalogObject, Field, ImportSettings, MappingEntry } from "@/api/types";
import { findField } from "@/lib/catalog";

/** What is being decided: entries with a stable place, so that rows keep their identity while they change. */
export interface Draft {
  entries: MappingEntry[];
  mode: ImportSettings["mode"];
  match: string[];
  clearEmpty: boolean;
}

/** Traits of the fields that records can be recognised by. */
const MATCHABLE = new Set(["text", "number", "date", "ref", "choice"]);
const REFERENCES = new Set(["ref", "refs", "about"]);

export function draftOf(
  proposed: { proposal: MappingEntry[]; match: string[] },
  saved?: ImportSettings | null,
): Draft {
  return {
    entries: saved?.mapping ?? proposed.proposal,
    mode: saved?.mode ?? "create",
    match: saved?.match ?? proposed.match,
    clearEmpty: saved?.clear_empty ?? false,
  };
}

export function changeEntry(draft: Draft, place: number, changed: Partial<MappingEntry>): Draft {
  const entries = draft.entries.map((entry, at) => (at === place ? { ...entry, ...changed } : entry));
  return keepMatch({ ...draft, entries });
}

/** Points an entry at another target; what only fitted the old one is forgotten. */
export function retarget(draft: Draft, place: number, field: string | null, object: CatalogObject): Draft {
  const target = field ? fieldOf(object, field) : undefined;
  const relation = target && isReference(target) ? { by: "title", create_missing: false } : undefined;
  return changeEntry(draft, place, {
    field,
    relation,
    values: undefined,
    date_order: undefined,
    decimal_mark: undefined,
    confidence: undefined,
  });
}

export function addEntry(draft: Draft, entry: MappingEntry): Draft {
  return { ...draft, entries: [...draft.entries, entry] };
}

export function removeEntry(draft: Draft, place: number): Draft {
  return keepMatch({ ...draft, entries: draft.entries.filter((_, at) => at !== place) });
}

/** Reads `value` of the file as `replacement` from now on; an empty replacement takes the rule back. */
export function replaceValue(draft: Draft, field: string, value: string, replacement: string | null): Draft {
  const place = draft.entries.findIndex((entry) => entry.field === field);
  const entry = draft.entries[place];
  if (!entry) return draft;
  const { [value]: _, ...others } = entry.values ?? {};
  return changeEntry(draft, place, { values: replacement ? { ...others, [value]: replacement } : others });
}

/** The field of a target such as "amount" or "address.city". */
export function fieldOf(object: CatalogObject, target: string): Field | undefined {
  return findField(object, target.split(".")[0] ?? "");
}

export function isReference(field: Field): boolean {
  return REFERENCES.has(field.trait);
}

/** Mapped fields that existing records could be recognised by. */
export function matchable(draft: Draft, object: CatalogObject): Field[] {
  return mappedTargets(draft).flatMap((target) => {
    const field = fieldOf(object, target);
    return field && !target.includes(".") && MATCHABLE.has(field.trait) ? [field] : [];
  });
}

/** Targets that more than one entry fills, or that are filled both whole and in part. */
export function clashes(draft: Draft): Set<string> {
  const targets = mappedTargets(draft);
  const whole = new Set(targets.filter((target) => !target.includes(".")));
  return new Set(
    targets.filter(
      (target, place) =>
        targets.indexOf(target) !== place || (target.includes(".") && whole.has(target.split(".")[0] ?? "")),
    ),
  );
}

/** Required fields that the server takes from another one: the name of a department is the last step of its path. */
const TAKEN_FROM: Record<string, string> = { "department.name": "path" };

/** Required fields that nothing fills, which matters only where records are created. */
export function missingRequired(draft: Draft, object: CatalogObject): Field[] {
  if (draft.mode === "update") return [];
  const filled = new Set(mappedTargets(draft).map((target) => target.split(".")[0]));
  return object.fields.filter(
    (field) =>
      field.required &&
      !field.system &&
      !field.read_only &&
      !filled.has(field.key) &&
      !filled.has(TAKEN_FROM[`${object.key}.${field.key}`] ?? "") &&
      (field.default === undefined || field.default === null),
  );
}

/** What the server takes; entries without a target are kept, so that the page finds them again. */
export function settingsOf(draft: Draft): ImportSettings {
  return {
    mapping: draft.entries.map(({ confidence: _, ...entry }) => ({ ...entry, values: filled(entry.values) })),
    mode: draft.mode,
    match: draft.mode === "create" ? [] : draft.match,
    clear_empty: draft.clearEmpty,
  };
}

function mappedTargets(draft: Draft): string[] {
  return draft.entries.flatMap((entry) => entry.field ?? []);
}

/** Drops match keys whose field is no longer mapped. */
function keepMatch(draft: Draft): Draft {
  const mapped = new Set(mappedTargets(draft));
  return { ...draft, match: draft.match.filter((key) => mapped.has(key)) };
}

/** Replacements that are decided; a text without one is read as it stands. */
function filled(values: Record<string, string> | undefined): Record<string, string> | undefined {
  return values && Object.fromEntries(Object.entries(values).filter(([, replacement]) => replacement !== ""));
}
