/** Layouts, rules and record types as their designers hold them, and what is done to a layout. */
import type {
  DesignedWhole,
  Field,
  Filter,
  Hue,
  Label,
  PageLayout,
  PageSection,
  PageTab,
  Panel,
} from "@/api/types";

export interface LayoutValues {
  label: Label;
  position: number;
  record_type: string | null;
  roles: string[];
  /** Null where the layout leaves the part to a more general one. */
  quick: string[] | null;
  list: string[] | null;
  highlights: string[] | null;
  card: string[] | null;
  sections: PageSection[] | null;
  tabs: PageTab[] | null;
}

/** Parts of a layout that are lists of fields. */
export const LISTS = ["quick", "list", "highlights", "card"] as const;

export type Effect = "visible" | "required" | "read_only" | "options" | "invalid";
export const EFFECTS: readonly Effect[] = ["visible", "required", "read_only", "options", "invalid"];

export type Condition = { where: Filter } | { formula: string } | null;

export interface RuleValues {
  label: Label;
  position: number;
  active: boolean;
  effect: Effect;
  fields: string[];
  when: Condition;
  message: Label | null;
  options: string[];
}

export interface TypeValues {
  label: Label;
  position: number;
  description: Partial<Label>;
  color: Hue;
  default: boolean;
  choices: Record<string, string[]>;
  records: Record<string, string[]>;
}

export interface Designed<V> {
  id: string;
  key: string;
  custom: boolean;
  state: string;
  values: V;
}

/** The parts of one kind, in their order; those put away are `archived`. */
export function componentsOf<V extends { position: number }>(
  object: Pick<DesignedWhole, "components">,
  kind: string,
  blank: Omit<V, "label">,
): { live: Designed<V>[]; archived: Designed<V>[] } {
  const own = object.components
    .filter((one) => one.kind === kind)
    .map((one) => ({ ...one, values: { ...blank, ...one.values } as unknown as V }))
    .toSorted((a, b) => a.values.position - b.values.position);
  return {
    live: own.filter(({ state }) => state === "active"),
    archived: own.filter(({ state }) => state === "archived"),
  };
}

export function nextPosition(live: readonly { values: { position: number } }[]): number {
  return Math.max(-1, ...live.map(({ values }) => values.position)) + 1;
}

/** Fields that a layout can place: all that are seen, but for the number the computer knows a record by. */
export function placeable(fields: readonly Field[]): Field[] {
  const seen = fields.filter((field) => !field.hidden && field.key !== "id");
  return [...seen.filter(({ system }) => !system), ...seen.filter(({ system }) => system)];
}

export function unplaced(fields: readonly Field[], sections: readonly PageSection[]): Field[] {
  const placed = new Set(sections.flatMap((section) => section.fields.map(({ key }) => key)));
  return placeable(fields).filter(({ key }) => !placed.has(key));
}

/** The field at a place of a section, taken away from where it was; a place counts as the section is seen. */
export function placed(
  sections: readonly PageSection[],
  key: string,
  to: { section: number; at: number },
): PageSection[] {
  const old = sections.flatMap(({ fields }) => fields).find((one) => one.key === key);
  const moved = old ?? { key, width: null };
  return sections.map((section, number) => {
    const at = section.fields.findIndex((one) => one.key === key);
    const rest = section.fields.filter((one) => one.key !== key);
    if (number !== to.section) return at < 0 ? section : { ...section, fields: rest };
    const before = at >= 0 && at < to.at ? to.at - 1 : to.at;
    return { ...section, fields: rest.toSpliced(Math.max(0, before), 0, moved) };
  });
}

export function withoutField(sections: readonly PageSection[], key: string): PageSection[] {
  return sections.map((section) => ({
    ...section,
    fields: section.fields.filter((one) => one.key !== key),
  }));
}

export function withWidth(
  sections: readonly PageSection[],
  key: string,
  width: number | null,
): PageSection[] {
  return sections.map((section) => ({
    ...section,
    fields: section.fields.map((one) => (one.key === key ? { ...one, width } : one)),
  }));
}

/** One of a list changed, and the list with one at another place. */
export function changed<T>(list: readonly T[], at: number, values: Partial<T>): T[] {
  return list.map((one, place) => (place === at ? { ...one, ...values } : one));
}

export function shifted<T>(list: readonly T[], from: number, to: number): T[] {
  const one = list[from];
  if (one === undefined || to < 0 || to >= list.length) return [...list];
  return list.toSpliced(from, 1).toSpliced(to, 0, one);
}

/** Numbers of sections that a panel names, after a section moved or (without `to`) went. */
function renumbered(panel: Panel, from: number, to: number | null): Panel {
  const named = panel.sections as number[] | undefined;
  if (!named) return panel;
  const sections = named.flatMap((place) => {
    if (place === from) return to === null ? [] : [to];
    const closed = place > from ? place - 1 : place;
    return [to !== null && closed >= to ? closed + 1 : closed];
  });
  return { ...panel, sections: sections.length > 0 ? sections : undefined };
}

/** The layout with a section at another place, or gone; panels that name sections go on naming the same. */
export function movedSection<T extends Pick<LayoutValues, "sections" | "tabs">>(
  layout: T,
  from: number,
  to: number | null,
): T {
  const sections = layout.sections ?? [];
  const next = to === null ? sections.toSpliced(from, 1) : shifted(sections, from, to);
  const tabs = layout.tabs?.map((tab) => ({
    ...tab,
    panels: tab.panels.map((panel) => renumbered(panel, from, to)),
  }));
  return { ...layout, sections: next, tabs: tabs ?? null };
}

/** A new layout begins as what its records are shown by now. */
export function begunFrom(layout: PageLayout, position: number): LayoutValues {
  return {
    label: { "zh-CN": "", en: "" },
    position,
    record_type: null,
    roles: [],
    quick: null,
    list: null,
    highlights: null,
    card: null,
    sections: layout.sections,
    tabs: null,
  };
}

export const BLANK_LAYOUT: Omit<LayoutValues, "label"> = {
  position: 0,
  record_type: null,
  roles: [],
  quick: null,
  list: null,
  highlights: null,
  card: null,
  sections: null,
  tabs: null,
};

export const BLANK_RULE: Omit<RuleValues, "label"> = {
  position: 0,
  active: true,
  effect: "required",
  fields: [],
  when: null,
  message: null,
  options: [],
};

export const BLANK_TYPE: Omit<TypeValues, "label"> = {
  position: 0,
  description: {},
  color: "blue",
  default: false,
  choices: {},
  records: {},
};

/** Parts that are not set are left out altogether. */
export function setOnly(panel: Panel): Panel {
  const kept = Object.entries(panel).filter(
    ([, value]) => value !== null && value !== undefined && !(Array.isArray(value) && value.length === 0),
  );
  return Object.fromEntries(kept) as Panel;
}
