/** What panels there are to put on a tab, where each makes sense, and what a new one begins with. */
import type { CatalogObject, Field, Label, Panel } from "@/api/types";
import { findField } from "@/lib/catalog";
import { label } from "@/lib/label";

export type PanelKind = Panel["kind"];

interface PanelSort {
  possible(known: CatalogObject): boolean;
  blank(known: CatalogObject): Panel;
}

const always = () => true;

/** Fields by which records can be put into the groups of a chart. */
export function groupFields(object: CatalogObject | undefined): Field[] {
  return (object?.fields ?? []).filter(
    (field) => !field.hidden && (field.groupable || field.trait === "date" || field.trait === "datetime"),
  );
}

export const PANELS: Record<PanelKind, PanelSort> = {
  facts: { possible: always, blank: () => ({ kind: "facts" }) },
  timeline: { possible: always, blank: () => ({ kind: "timeline" }) },
  related: {
    possible: ({ relations }) => relations.length > 0,
    blank: ({ relations }) => ({ kind: "related", relation: relations[0]?.key }),
  },
  chart: {
    possible: always,
    blank: (known) => ({ kind: "chart", group: groupFields(known)[0]?.key, shape: "bar" }),
  },
  text: { possible: always, blank: () => ({ kind: "text", text: { "zh-CN": "", en: "" } }) },
  buttons: {
    possible: ({ fields }) => fields.some(({ kind }) => kind === "button"),
    blank: () => ({ kind: "buttons", actions: [] }),
  },
  files: {
    possible: ({ fields }) => fields.some(({ kind }) => kind === "file"),
    blank: () => ({ kind: "files" }),
  },
  changes: { possible: always, blank: () => ({ kind: "changes" }) },
};

/** What tells a panel from others of its kind. */
export function panelWords(known: CatalogObject, panel: Panel): string {
  const relation = known.relations.find(({ key }) => key === panel.relation);
  if (relation) return label(relation.label);
  if (panel.kind === "text") return label(panel.text as Label);
  if (panel.kind === "chart") return label(findField(known, String(panel.group))?.label);
  const keys = (panel.actions ?? []) as string[];
  return keys.map((key) => label(findField(known, key)?.label) || key).join(" · ");
}

/** What is missing before the panel can be kept: a key of the texts, or null. */
export function missingOf(panel: Panel): string | null {
  const text = panel.text as Label | undefined;
  if (panel.kind === "text" && !text?.["zh-CN"].trim() && !text?.en.trim()) return "layouts.text_missing";
  if (panel.kind === "chart" && !panel.group) return "layouts.group_missing";
  if (panel.kind === "related" && !panel.relation) return "layouts.relation_missing";
  if (panel.kind === "buttons" && ((panel.actions ?? []) as string[]).length === 0)
    return "layouts.buttons_missing";
  return null;
}
