import { describe, expect, test, vi } from "vitest";
import type { RecordRow } from "@/api/types";
import { rowLines } from "../grid/lines";
import { PAGE_SIZE, RowStore } from "./row-store";

const rowsOf = (from: number, count: number): RecordRow[] =>
  Array.from({ length: count }, (_, at) => ({ id: `r${from + at}`, rev: 1, name: `row ${from + at}` }));

/** A server of `total` rows whose cursor is the index of the next row. */
function serverOf(total: number) {
  return vi.fn(async (cursor: string | null) => {
    const from = Number(cursor ?? 0);
    const count = Math.min(PAGE_SIZE, total - from);
    const next = from + count;
    return { rows: rowsOf(from, count), next_cursor: next < total ? String(next) : null };
  });
}

const settled = () => new Promise((resolve) => setTimeout(resolve, 5));

describe("row store", () => {
  test("loads the range looked at and some pages beyond it", async () => {
    const load = serverOf(2000);
    const store = new RowStore(load);

    store.ensure(0, 30);
    await settled();

    expect(load).toHaveBeenCalledTimes(4);
    expect(store.knownCount).toBe(400);
    expect(store.rowAt(399)?.id).toBe("r399");
    expect(store.isComplete).toBe(false);
  });

  test("knows its end", async () => {
    const store = new RowStore(serverOf(130));

    store.ensure(0, 30);
    await settled();

    expect(store.isComplete).toBe(true);
    expect(store.knownCount).toBe(130);
    expect(store.rowAt(130)).toBeUndefined();
  });

  test("an empty answer is complete", async () => {
    const store = new RowStore(serverOf(0));

    store.ensure(0, 30);
    await settled();

    expect(store.isReady).toBe(true);
    expect(store.knownCount).toBe(0);
  });

  test("patches a row where it stands", async () => {
    const store = new RowStore(serverOf(130));
    store.ensure(0, 30);
    await settled();

    store.patch("r7", { name: "changed", rev: 2 });

    expect(store.rowAt(7)).toEqual({ id: "r7", rev: 2, name: "changed" });
    expect(store.rowAt(8)?.name).toBe("row 8");
  });

  test("removal closes the gap across pages", async () => {
    const store = new RowStore(serverOf(250));
    store.ensure(0, 30);
    await settled();

    store.remove(["r0", "r120"]);

    expect(store.knownCount).toBe(248);
    expect(store.rowAt(0)?.id).toBe("r1");
    expect(store.rowAt(99)?.id).toBe("r100");
    expect(store.rowAt(247)?.id).toBe("r249");
  });

  test("drops far pages and loads them again from their cursor", async () => {
    const load = serverOf(20_000);
    const store = new RowStore(load);
    for (let from = 0; from < 20_000; from += 300) {
      store.ensure(from, from + 30);
      await settled();
    }
    expect(store.knownCount).toBe(20_000);
    expect(store.rowAt(0)).toBeUndefined();

    store.ensure(0, 30);
    await settled();

    expect(store.rowAt(0)?.id).toBe("r0");
    expect(store.knownCount).toBe(20_000);
  });

  test("keeps a failure until retried", async () => {
    const load = serverOf(50);
    load.mockRejectedValueOnce(new Error("down"));
    const store = new RowStore(load);
    store.ensure(0, 30);
    await settled();
    expect(store.error).toBeInstanceOf(Error);
    expect(load).toHaveBeenCalledTimes(1);

    store.retry();
    await settled();

    expect(store.error).toBeNull();
    expect(store.knownCount).toBe(50);
  });

  test("refresh asks only for the pages in view", async () => {
    const load = serverOf(1000);
    const store = new RowStore(load);
    store.ensure(0, 30);
    await settled();
    load.mockClear();

    await store.refresh();
    await settled();

    expect(load.mock.calls[0]).toEqual([null]);
    expect(store.rowAt(0)?.id).toBe("r0");
  });
});

describe("when a later page fails", () => {
  const failing = () => {
    const server = serverOf(1000);
    const state = { broken: true };
    const load = vi.fn(async (cursor: string | null) => {
      if (cursor !== null && state.broken) throw new Error("offline");
      return server(cursor);
    });
    return { store: new RowStore(load), state, load };
  };

  test("the rows that are there stay, and nothing is asked again by itself", async () => {
    const { store, load } = failing();

    store.ensure(0, 30);
    await settled();
    store.ensure(60, 90);
    await settled();

    expect(store.isReady).toBe(true);
    expect(store.error).toBeInstanceOf(Error);
    expect(store.knownCount).toBe(PAGE_SIZE);
    expect(store.rowAt(99)?.id).toBe("r99");
    expect(rowLines({ key: "all", count: null, store, heading: false })).toBe(PAGE_SIZE);
    expect(load).toHaveBeenCalledTimes(2);
  });

  test("trying again goes on where it stopped", async () => {
    const { store, state } = failing();
    store.ensure(0, 30);
    await settled();

    state.broken = false;
    store.retry();
    await settled();

    expect(store.error).toBeNull();
    expect(store.knownCount).toBeGreaterThan(PAGE_SIZE);
    expect(store.rowAt(150)?.id).toBe("r150");
  });
});
