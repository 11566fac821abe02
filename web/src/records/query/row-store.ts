/** Rows of one query, loaded page by page along keyset cursors and kept in a window around what is looked at. */

import type { RecordPageResult, RecordRow } from "@/api/types";

export type LoadPage = (cursor: string | null) => Promise<RecordPageResult>;

type Slot = { cursor: string | null; rows: RecordRow[] | null; count: number; loading: boolean };

export const PAGE_SIZE = 100;
/** Rows loaded beyond the last one looked at, so that scrolling does not wait. */
const LOOK_AHEAD = 3 * PAGE_SIZE;
/** Pages kept in memory; the ones farthest from the view are dropped and loaded again when needed. */
const PAGES_KEPT = 120;

/**
 * An external store (for `useSyncExternalStore`). Indices are stable: rows are patched by id in place,
 * new ones never push others away; only a removal shortens the list.
 */
export class RowStore {
  private slots: Slot[] = [{ cursor: null, rows: null, count: 0, loading: false }];
  private starts: number[] = [0];
  private places = new Map<string, Slot>();
  private listeners = new Set<() => void>();
  /** What is looked at; null until somebody looked. */
  private view: { from: number; to: number } | null = null;
  private complete = false;
  version = 0;
  error: unknown = null;

  constructor(private readonly load: LoadPage) {}

  subscribe = (listener: () => void) => {
    this.listeners.add(listener);
    return () => {
      this.listeners.delete(listener);
    };
  };

  getVersion = () => this.version;

  /** Rows whose place is known, whether in memory or not. */
  get knownCount(): number {
    const last = this.slots.length - 1;
    return (this.starts[last] as number) + (this.slots[last] as Slot).count;
  }

  /** True when the last page was seen, so that `knownCount` is the whole. */
  get isComplete(): boolean {
    return this.complete;
  }

  /** True once the first page is there. */
  get isReady(): boolean {
    return this.complete || this.slots.length > 1;
  }

  rowAt(index: number): RecordRow | undefined {
    const at = this.slotAt(index);
    return this.slots[at]?.rows?.[index - (this.starts[at] as number)];
  }

  find(id: string): RecordRow | undefined {
    return this.places.get(id)?.rows?.find((row) => row.id === id);
  }

  /** The ids between two indices that are in memory. */
  idsBetween(from: number, to: number): string[] {
    const ids: string[] = [];
    for (let index = Math.min(from, to); index <= Math.max(from, to); index++) {
      const row = this.rowAt(index);
      if (row) ids.push(row.id);
    }
    return ids;
  }

  loadedIds(): string[] {
    return [...this.places.keys()];
  }

  /** Loads what is missing for the given range and a little beyond it. */
  ensure(from: number, to: number): void {
    this.view = { from, to };
    if (this.error) return;
    const last = this.slots.length - 1;
    for (let at = this.slotAt(from); at <= Math.min(this.slotAt(to), last); at++) {
      if (at < last || this.complete) this.loadSlot(this.slots[at] as Slot);
    }
    if (!this.complete && to + LOOK_AHEAD >= this.knownCount) this.loadSlot(this.slots[last] as Slot);
  }

  /** Tries again after a failure. */
  retry(): void {
    this.error = null;
    this.changed();
    this.lookAgain();
  }

  /** Sets values of one row in place; a row out of memory is ignored. */
  patch(id: string, values: Partial<RecordRow>): void {
    const slot = this.places.get(id);
    if (!slot?.rows) return;
    slot.rows = slot.rows.map((row) => (row.id === id ? ({ ...row, ...values } as RecordRow) : row));
    this.changed();
  }

  /** Takes rows out, for example after they were deleted. */
  remove(ids: Iterable<string>): void {
    const gone = new Set(ids);
    for (const slot of new Set([...gone].map((id) => this.places.get(id)))) {
      if (!slot?.rows) continue;
      slot.rows = slot.rows.filter((row) => !gone.has(row.id));
      slot.count = slot.rows.length;
    }
    for (const id of gone) this.places.delete(id);
    this.measure();
    this.changed();
  }

  /** Puts a row first, the one place where a person expects what they have just made. */
  prepend(row: RecordRow): void {
    const [first] = this.slots;
    if (!first?.rows || this.places.has(row.id)) return;
    first.rows = [row, ...first.rows];
    first.count += 1;
    this.places.set(row.id, first);
    this.measure();
    this.changed();
  }

  /** Asks again for the pages in view; the rest is dropped and loaded when it is looked at. */
  async refresh(): Promise<void> {
    if (!this.view) return;
    this.error = null;
    const from = this.slotAt(this.view.from);
    const to = this.slotAt(this.view.to);
    this.slots.forEach((slot, at) => {
      if (slot.rows && (at < from || at > to)) this.drop(slot);
    });
    await Promise.all(this.slots.slice(from, to + 1).map((slot) => this.fetchInto(slot)));
  }

  private slotAt(index: number): number {
    let low = 0;
    let high = this.slots.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((this.starts[middle] as number) <= index) low = middle;
      else high = middle - 1;
    }
    return low;
  }

  private loadSlot(slot: Slot): void {
    if (!slot.rows && !slot.loading) void this.fetchInto(slot);
  }

  private async fetchInto(slot: Slot): Promise<void> {
    if (slot.loading) return;
    slot.loading = true;
    try {
      const page = await this.load(slot.cursor);
      this.fill(slot, page);
    } catch (error) {
      this.error = error;
    } finally {
      slot.loading = false;
      this.changed();
    }
    this.lookAgain();
  }

  private lookAgain(): void {
    if (this.view) this.ensure(this.view.from, this.view.to);
  }

  private fill(slot: Slot, page: RecordPageResult): void {
    for (const row of slot.rows ?? []) this.places.delete(row.id);
    slot.rows = page.rows;
    slot.count = page.rows.length;
    for (const row of page.rows) this.places.set(row.id, slot);
    const next = this.slots.indexOf(slot) + 1;
    if (page.next_cursor === null) {
      for (const late of this.slots.splice(next)) this.drop(late);
      this.complete = true;
    } else if (next === this.slots.length) {
      this.slots.push({ cursor: page.next_cursor, rows: null, count: 0, loading: false });
      this.complete = false;
    }
    this.measure();
    this.forgetFarPages();
  }

  private forgetFarPages(): void {
    const kept = this.slots.filter((slot) => slot.rows);
    if (kept.length <= PAGES_KEPT) return;
    const center = this.slotAt(this.view?.from ?? 0);
    const distance = (slot: Slot) => Math.abs(this.slots.indexOf(slot) - center);
    kept.sort((a, b) => distance(b) - distance(a));
    for (const slot of kept.slice(0, kept.length - PAGES_KEPT)) this.drop(slot);
  }

  private drop(slot: Slot): void {
    for (const row of slot.rows ?? []) this.places.delete(row.id);
    slot.rows = null;
  }

  private measure(): void {
    let start = 0;
    this.starts = this.slots.map((slot) => {
      const at = start;
      start += slot.count;
      return at;
    });
  }

  private changed(): void {
    this.version += 1;
    for (const listener of this.listeners) listener();
  }
}
