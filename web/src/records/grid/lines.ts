/** The lines of a grid: rows of one query, or groups with their rows, laid out one under the other. */
import type { RowStore } from "../query/row-store";

export type Section = {
  key: string;
  /** Rows in the section by the server's count; null when not grouped. */
  count: number | null;
  /** Null while the group is collapsed. */
  store: RowStore | null;
  /** Ungrouped lists have one section without a heading. */
  heading: boolean;
};

export type Line =
  | { kind: "group"; section: Section }
  | { kind: "row"; section: Section; index: number }
  | { kind: "new"; section: Section };

/** Lines drawn as skeletons after the last known row while more are being loaded. */
const LOADING_LINES = 30;

/** How many row lines a section takes now. */
export function rowLines({ store, count }: Section): number {
  if (!store) return 0;
  // After a failure nothing is on its way: no skeletons that never fill.
  if (store.isComplete || store.error) return store.knownCount;
  const ahead = store.knownCount + LOADING_LINES;
  return count === null ? ahead : Math.max(store.knownCount, Math.min(ahead, count));
}

/** An immutable layout; built again when a store changes. */
export class Lines {
  private readonly starts: number[] = [];
  readonly count: number;

  constructor(
    readonly sections: Section[],
    private readonly withNew: boolean,
  ) {
    let start = 0;
    for (const section of sections) {
      this.starts.push(start);
      start += this.linesOf(section);
    }
    this.count = start;
  }

  at(line: number): Line | undefined {
    if (line < 0 || line >= this.count) return undefined;
    let at = this.starts.findLastIndex((start) => start <= line);
    while (this.linesOf(this.sections[at] as Section) === 0) at -= 1;
    const section = this.sections[at] as Section;
    const within = line - (this.starts[at] as number) - (section.heading ? 1 : 0);
    if (within < 0) return { kind: "group", section };
    return within < rowLines(section) ? { kind: "row", section, index: within } : { kind: "new", section };
  }

  /** Asks every store for the rows between two lines. */
  ensure(from: number, to: number): void {
    this.sections.forEach((section, at) => {
      if (!section.store) return;
      const first = (this.starts[at] as number) + (section.heading ? 1 : 0);
      const rows = rowLines(section);
      if (first > to || first + rows < from) return;
      section.store.ensure(Math.max(0, from - first), Math.max(0, Math.min(rows - 1, to - first)));
    });
  }

  private linesOf(section: Section): number {
    const last = this.withNew && section.store?.isComplete ? 1 : 0;
    return (section.heading ? 1 : 0) + rowLines(section) + last;
  }
}
