import { beforeEach, describe, expect, test, vi } from "vitest";
import type { RecordRow } from "@/api/types";
import { ApiError } from "@/lib/api";
import { CellEdits, type RowHolder, type SaveChanges } from "./cell-edits";

class Rows implements RowHolder {
  rows = new Map<string, RecordRow>([
    ["a", { id: "a", rev: 1, name: "云图", amount: 5 }],
    ["b", { id: "b", rev: 4, name: "海纳", amount: 7 }],
  ]);
  find = (id: string) => this.rows.get(id);
  patch = (id: string, values: Partial<RecordRow>) => {
    this.rows.set(id, { ...(this.rows.get(id) as RecordRow), ...values });
  };
}

const stale = (current: RecordRow) =>
  new ApiError({ status: 409, code: "records.stale", message: "changed meanwhile", params: { current } });

let rows: Rows;
let save: ReturnType<typeof vi.fn<SaveChanges>>;
let edits: CellEdits;

beforeEach(() => {
  rows = new Rows();
  save = vi.fn<SaveChanges>(async (changes) =>
    changes.map(({ id, values, rev = 0 }) => ({ id, rev: rev + 1, ...values, hidden_field: 1 })),
  );
  edits = new CellEdits(rows, save);
});

describe("editing a cell", () => {
  test("the value is on screen before the server answers", async () => {
    const done = edits.edit([{ id: "a", values: { name: "天智" } }]);

    expect(rows.find("a")?.name).toBe("天智");
    expect(edits.stateOf("a", "name")).toEqual({ status: "saving" });
    expect(await done).toBe(true);
    expect(edits.stateOf("a", "name")).toEqual({ status: "saved" });
    expect(rows.find("a")).toEqual({ id: "a", rev: 2, name: "天智", amount: 5 });
  });

  test("edits of one record follow each other with the newest revision", async () => {
    await Promise.all([
      edits.edit([{ id: "a", values: { name: "一" } }]),
      edits.edit([{ id: "a", values: { name: "二" } }]),
    ]);

    expect(save.mock.calls.map(([changes]) => changes[0]?.rev)).toEqual([1, 2]);
    expect(rows.find("a")?.name).toBe("二");
  });

  test("a refusal restores the old value and keeps what was typed", async () => {
    save.mockRejectedValueOnce(
      new ApiError({
        status: 422,
        code: "invalid",
        message: "no",
        fields: [{ field: "name", code: "x", message: "太长", params: {} }],
      }),
    );

    expect(await edits.edit([{ id: "a", values: { name: "长" } }])).toBe(false);

    expect(rows.find("a")?.name).toBe("云图");
    expect(edits.stateOf("a", "name")).toEqual({ status: "failed", message: "太长", mine: "长" });
    edits.dismiss("a", "name");
    expect(edits.stateOf("a", "name")).toBeUndefined();
  });

  test("many records are saved in one request and restored together", async () => {
    save.mockRejectedValueOnce(
      new ApiError({
        status: 422,
        code: "invalid",
        message: "no",
        fields: [{ field: "amount", code: "x", message: "bad", params: {}, row: 1 }],
      }),
    );

    await edits.edit([
      { id: "a", values: { amount: 1 } },
      { id: "b", values: { amount: 2 } },
    ]);

    expect(save).toHaveBeenCalledTimes(1);
    expect([rows.find("a")?.amount, rows.find("b")?.amount]).toEqual([5, 7]);
    expect(edits.stateOf("a", "amount")).toMatchObject({ message: "no" });
    expect(edits.stateOf("b", "amount")).toMatchObject({ message: "bad" });
  });
});

describe("a colleague saved first", () => {
  test("another field: ours is saved on top of theirs", async () => {
    save.mockRejectedValueOnce(stale({ id: "a", rev: 9, name: "云图", amount: 99 }));

    expect(await edits.edit([{ id: "a", values: { name: "天智" } }])).toBe(true);

    expect(save.mock.calls[1]?.[0][0]).toMatchObject({ rev: 9, values: { name: "天智" } });
    expect(rows.find("a")).toEqual({ id: "a", rev: 10, name: "天智", amount: 99 });
  });

  test("the same field: both values are kept until the person decides", async () => {
    save.mockRejectedValueOnce(stale({ id: "a", rev: 9, name: "瑞丰", amount: 5 }));

    expect(await edits.edit([{ id: "a", values: { name: "天智" } }])).toBe(false);
    expect(edits.stateOf("a", "name")).toEqual({ status: "conflict", theirs: "瑞丰", mine: "天智" });
    expect(rows.find("a")?.name).toBe("瑞丰");

    expect(await edits.keepMine("a", "name")).toBe(true);
    expect(rows.find("a")).toEqual({ id: "a", rev: 10, name: "天智", amount: 5 });
  });
});
