/** Edits made in place: shown at once, saved one after another per record, and kept visible when refused. */
import type { RecordRow, UpdatedRecord } from "@/api/types";
import { ApiError } from "@/lib/api";
import { HeldError } from "@/lib/held-changes";

export type CellState =
  | { status: "saving" }
  | { status: "saved" }
  | { status: "failed"; message: string; mine: unknown }
  | { status: "conflict"; theirs: unknown; mine: unknown };

/** States of the cells of one record by field; a new object whenever one changes. */
export type CellStates = Readonly<Record<string, CellState>>;

export type RecordChange = { id: string; values: Record<string, unknown> };

/** Where the rows on screen live. */
export interface RowHolder {
  find(id: string): RecordRow | undefined;
  patch(id: string, values: Partial<RecordRow>): void;
}

/** Saves changes in one request; answers with the saved records it knows. */
export type SaveChanges = (changes: (RecordChange & { rev?: number })[]) => Promise<UpdatedRecord[]>;

/** How long the tick of a saved cell stays. */
const SAVED_SHOWN_MS = 1500;

export class CellEdits {
  private states = new Map<string, CellStates>();
  private queue: Promise<unknown> = Promise.resolve();
  private listeners = new Set<() => void>();
  version = 0;

  constructor(
    private readonly rows: RowHolder,
    private readonly save: SaveChanges,
  ) {}

  subscribe = (listener: () => void) => {
    this.listeners.add(listener);
    return () => {
      this.listeners.delete(listener);
    };
  };

  getVersion = () => this.version;

  stateOf(id: string, field: string): CellState | undefined {
    return this.states.get(id)?.[field];
  }

  statesOf(id: string): CellStates | undefined {
    return this.states.get(id);
  }

  /** Shows the new values at once and saves them; resolves to true when the server kept them. */
  async edit(changes: RecordChange[]): Promise<boolean> {
    const before = new Map(changes.map((change) => [change.id, this.valuesOf(change)]));
    for (const change of changes) {
      this.rows.patch(change.id, change.values);
      this.mark(change, { status: "saving" });
    }
    const result = this.queue.then(() => this.send(changes, before));
    this.queue = result;
    return result;
  }

  /** Saves the person's value over the other one after a conflict. */
  keepMine(id: string, field: string): Promise<boolean> {
    const state = this.stateOf(id, field);
    if (state?.status !== "conflict") return Promise.resolve(false);
    return this.edit([{ id, values: { [field]: state.mine } }]);
  }

  /** Forgets a failure or a conflict; the cell shows what the server has. */
  dismiss(id: string, field: string): void {
    this.set(id, field, undefined);
    this.changed();
  }

  private async send(
    changes: RecordChange[],
    before: Map<string, Record<string, unknown>>,
  ): Promise<boolean> {
    try {
      const saved = await this.save(
        changes.map((change) => ({ ...change, rev: this.rows.find(change.id)?.rev })),
      );
      for (const record of saved) this.rows.patch(record.id, this.knownParts(record));
      for (const change of changes) this.mark(change, { status: "saved" });
      setTimeout(() => this.fade(changes), SAVED_SHOWN_MS);
      return true;
    } catch (error) {
      const [change] = changes;
      if (changes.length === 1 && change && error instanceof ApiError && error.code === "records.stale") {
        return this.settleStale(change, before.get(change.id) ?? {}, error.params.current as RecordRow);
      }
      for (const each of changes) this.rows.patch(each.id, before.get(each.id) ?? {});
      if (error instanceof HeldError) this.clear(changes);
      else this.markFailed(changes, error);
      return false;
    }
  }

  /** A colleague saved first. Other fields changed: ours goes on top; the same field: the person decides. */
  private settleStale(
    change: RecordChange,
    before: Record<string, unknown>,
    current: RecordRow,
  ): Promise<boolean> | boolean {
    const touched = Object.keys(change.values).filter((field) => !sameValue(current[field], before[field]));
    this.rows.patch(change.id, {
      ...this.knownParts(current),
      ...(touched.length === 0 ? change.values : {}),
    });
    if (touched.length === 0) {
      return this.send([change], new Map([[change.id, this.pick(current, change)]]));
    }
    for (const field of Object.keys(change.values)) {
      this.set(change.id, field, { status: "conflict", theirs: current[field], mine: change.values[field] });
    }
    this.changed();
    return false;
  }

  private markFailed(changes: RecordChange[], error: unknown): void {
    const problems = error instanceof ApiError ? error.fields : [];
    const general = error instanceof Error ? error.message : "";
    changes.forEach((change, row) => {
      for (const [field, mine] of Object.entries(change.values)) {
        const problem = problems.find((each) => each.field === field && (each.row ?? row) === row);
        this.set(change.id, field, { status: "failed", message: problem?.message ?? general, mine });
      }
    });
    this.changed();
  }

  private mark(change: RecordChange, state: CellState): void {
    for (const field of Object.keys(change.values)) this.set(change.id, field, state);
    this.changed();
  }

  private set(id: string, field: string, state: CellState | undefined): void {
    const { [field]: _, ...others } = this.states.get(id) ?? {};
    this.states.set(id, state ? { ...others, [field]: state } : others);
  }

  private clear(changes: RecordChange[]): void {
    for (const { id, values } of changes)
      for (const field of Object.keys(values)) this.set(id, field, undefined);
    this.changed();
  }

  private fade(changes: RecordChange[]): void {
    for (const { id, values } of changes) {
      for (const field of Object.keys(values)) {
        if (this.stateOf(id, field)?.status === "saved") this.set(id, field, undefined);
      }
    }
    this.changed();
  }

  private valuesOf(change: RecordChange): Record<string, unknown> {
    const row = this.rows.find(change.id);
    return row ? this.pick(row, change) : {};
  }

  private pick(row: RecordRow, change: RecordChange): Record<string, unknown> {
    return Object.fromEntries(Object.keys(change.values).map((field) => [field, row[field] ?? null]));
  }

  /** The parts of a whole record that the row on screen shows. */
  private knownParts(record: UpdatedRecord): Partial<RecordRow> {
    const row = this.rows.find(record.id);
    return row ? Object.fromEntries(Object.entries(record).filter(([key]) => key in row)) : {};
  }

  private changed(): void {
    this.version += 1;
    for (const listener of this.listeners) listener();
  }
}

const sameValue = (a: unknown, b: unknown) => JSON.stringify(a ?? null) === JSON.stringify(b ?? null);
