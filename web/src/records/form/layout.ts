/** By which layout a record is shown, and where its fields stand on it. */
import type { CatalogObject, Field, PageLayout } from "@/api/types";
import { findField } from "@/lib/catalog";
import { type FormSection, isEditable, quickOf } from "./fields";

/** Key of the field that holds the type of a record. */
export const RECORD_TYPE = "record_type";

/** The layout for records of a type: the server lists those that apply to the person, the most specific first. */
export function layoutOf(object: CatalogObject, type: unknown): PageLayout {
  const found = object.layouts.find(({ record_type }) => record_type === null || record_type === type);
  if (!found) throw new Error(`${object.key} has no layout`);
  return found;
}

/** Shown in a form: what a person may set, and what is worked out of it. */
function standsInForm(field: Field): boolean {
  return isEditable(field) || (field.result !== null && field.result !== undefined && !field.hidden);
}

/** The fields of the quick form as one section. */
export function quickSection(object: CatalogObject, layout: PageLayout): FormSection {
  return { label: null, fields: quickOf(object, layout.quick, standsInForm) };
}

/** The sections of the layout with the fields that `stands` lets through. */
export function placedSections(
  object: CatalogObject,
  layout: PageLayout,
  stands: (field: Field) => boolean,
): FormSection[] {
  return layout.sections.map((section) => ({
    label: section.label,
    columns: section.columns,
    collapsed: section.collapsed,
    fields: section.fields.flatMap(({ key }) => findField(object, key) ?? []).filter(stands),
    widths: Object.fromEntries(section.fields.map(({ key, width }) => [key, width])),
  }));
}

/** All fields of a form by the sections of the layout; editable ones that it does not place come last. */
export function formSections(object: CatalogObject, layout: PageLayout): FormSection[] {
  const sections = placedSections(object, layout, standsInForm);
  const placed = new Set(sections.flatMap((section) => section.fields));
  const rest = object.fields.filter((field) => isEditable(field) && !placed.has(field) && !field.system);
  return [...sections, { label: null, fields: rest }].filter((section) => section.fields.length > 0);
}
