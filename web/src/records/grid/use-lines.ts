/** The lines of a grid from the sections of its rows; the same object until something changes. */
import { useMemo } from "react";
import type { GroupedRows } from "../query/use-sections";
import { Lines, type Section } from "./lines";

export function useLines({ grouping, groups, stores }: GroupedRows, withNew: boolean): Lines {
  const sections: Section[] = grouping
    ? groups.map(({ key, count, store }) => ({ key, count, store, heading: true }))
    : stores.slice(0, 1).map((store) => ({ key: "all", count: null, store, heading: false }));
  const state = sections.map(({ key, count, store }) => `${key} ${count} ${store?.version}`).join("|");
  // biome-ignore lint/correctness/useExhaustiveDependencies: the state and the stores stand for the sections.
  return useMemo(() => new Lines(sections, withNew), [state, stores, withNew]);
}
