/** A field while it is edited, and what is sent of it. */
import type { FieldSettings, KindCard, Label } from "@/api/types";
import { keptFormula } from "../formula/results";
import { bothLanguages, type DesignedField, type FieldValues } from "./model";
import { settled } from "./options";

export type FieldDraft = Omit<FieldValues, "label" | "position"> & { label: Partial<Label> };

export const FLAGS = ["required", "unique", "searchable", "index", "hidden", "read_only"] as const;
type Flag = (typeof FLAGS)[number];

/** What a field begins with: as it is, or as the kind says. */
export function draftOf(field: DesignedField | null, kind: KindCard): FieldDraft {
  if (field) {
    const { position: _position, ...values } = field.values;
    return { ...values, help: values.help ?? {} };
  }
  const options = kind.settings.some(({ name, required }) => name === "options" && required);
  return {
    label: {},
    help: {},
    required: false,
    unique: false,
    searchable: false,
    read_only: false,
    hidden: false,
    index: false,
    default: null,
    settings: options ? { options: [] } : {},
  };
}

/** What a kind can be; the others are not asked for. */
export function flagsOf(kind: KindCard): Flag[] {
  const can: Record<Flag, boolean> = {
    required: kind.required,
    unique: kind.unique,
    searchable: kind.searchable,
    index: kind.index,
    hidden: true,
    read_only: kind.holds_value && !kind.generated && kind.group !== "computed",
  };
  const computed = kind.group === "computed";
  return FLAGS.filter((flag) => can[flag] && !(computed && (flag === "required" || flag === "unique")));
}

/** The attributes as the server takes them: both languages, options with keys, no settings without a value. */
export function valuesOf(draft: FieldDraft, kind: KindCard): Omit<FieldValues, "position"> {
  return {
    ...draft,
    label: bothLanguages(draft.label),
    help: Object.values(draft.help).some((word) => word?.trim()) ? bothLanguages(draft.help) : {},
    settings: settingsOf(draft.settings, kind),
  };
}

function settingsOf(given: FieldSettings, kind: KindCard): FieldSettings {
  const settings = kind.key === "formula" ? keptFormula(given) : given;
  return Object.fromEntries(
    Object.entries(settings).flatMap(([name, value]) => {
      if (value === undefined || value === null) return [];
      const type = kind.settings.find((each) => each.name === name)?.type;
      if (type === "options") return [[name, settled(value as NonNullable<FieldSettings["options"]>)]];
      if (type === "labels") return [[name, bothLanguages(value as Partial<Label>)]];
      return [[name, value]];
    }),
  );
}
