/** Rights on fields at a step at which people decide, as the step keeps them: by field; what is not named is read. */
import type { Field } from "@/api/types";
import { label } from "@/lib/label";

export const RIGHTS = ["hidden", "read", "edit"] as const;
export type FieldRight = (typeof RIGHTS)[number];
export type Rights = Record<string, FieldRight>;

/** The rights with that of one field; reading is what every field has that is not named. */
export function rightsWith(rights: Rights, key: string, right: FieldRight | null): Rights {
  const { [key]: _, ...others } = rights;
  return right === null || right === "read" ? others : { ...others, [key]: right };
}

/** How many fields are hidden, and how many may be changed. */
export function summed(rights: Rights): { hidden: number; edit: number } {
  const all = Object.values(rights);
  return {
    hidden: all.filter((one) => one === "hidden").length,
    edit: all.filter((one) => one === "edit").length,
  };
}

/** Fields that are offered: those that hold something and are looked for; those alone that are set apart, where wanted. */
export function shownFields(
  fields: readonly Field[],
  rights: Rights,
  typed: string,
  onlySet: boolean,
): Field[] {
  const wanted = typed.trim().toLowerCase();
  return fields.filter(
    (field) =>
      !field.hidden &&
      field.trait !== "none" &&
      (!onlySet || (rights[field.key] ?? "read") !== "read") &&
      (wanted === "" ||
        field.key.toLowerCase().includes(wanted) ||
        label(field.label).toLowerCase().includes(wanted)),
  );
}
