/** Selected rows: some by identity, or all that the filter finds. */

export type Selection = { ids: ReadonlySet<string>; all: boolean; anchor: string | null };

export const NOTHING: Selection = { ids: new Set(), all: false, anchor: null };
export const EVERYTHING: Selection = { ids: new Set(), all: true, anchor: null };

export const isSelected = (selection: Selection, id: string) => selection.all || selection.ids.has(id);

/** Adds or removes one row; leaving "all" keeps only the loaded rows that were not taken out. */
export function toggleRow(selection: Selection, id: string, loaded: string[]): Selection {
  const ids = new Set(selection.all ? loaded : selection.ids);
  if (!ids.delete(id)) ids.add(id);
  return { ids, all: false, anchor: id };
}

/** Shift-click: everything between the last clicked row and this one takes the state of the last click. */
export function selectRange(selection: Selection, between: string[], id: string): Selection {
  const ids = new Set(selection.ids);
  const on = selection.anchor === null || ids.has(selection.anchor);
  for (const each of between) on ? ids.add(each) : ids.delete(each);
  return { ids, all: false, anchor: id };
}
