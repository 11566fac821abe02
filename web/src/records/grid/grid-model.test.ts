import { describe, expect, test } from "vitest";
import { RowStore } from "../query/row-store";
import { afterCommit, cursorAt, type GridCursor, onKey, rangeOf } from "./cursor";
import { Lines, type Section } from "./lines";
import { NOTHING, selectRange, toggleRow } from "./selection";
import { readTsv, writeTsv } from "./tsv";

const bounds = { lines: 10, columns: 4, page: 5 };
const focusAfter = (cursor: GridCursor, key: string, extra = {}) =>
  onKey(cursor, { key, ...extra }, bounds)?.cursor.focus;

describe("cursor", () => {
  test.each([
    ["ArrowDown", {}, { line: 4, column: 1 }],
    ["ArrowLeft", {}, { line: 3, column: 0 }],
    ["ArrowUp", { ctrl: true }, { line: 0, column: 1 }],
    ["ArrowRight", { ctrl: true }, { line: 3, column: 3 }],
    ["Home", {}, { line: 3, column: 0 }],
    ["End", { ctrl: true }, { line: 9, column: 3 }],
    ["PageDown", {}, { line: 8, column: 1 }],
    ["PageUp", {}, { line: 0, column: 1 }],
    ["Tab", {}, { line: 3, column: 2 }],
    ["Tab", { shift: true }, { line: 3, column: 0 }],
  ])("%s %j", (key, extra, expected) => {
    expect(focusAfter(cursorAt(3, 1), key, extra)).toEqual(expected);
  });

  test("the edges hold", () => {
    expect(focusAfter(cursorAt(0, 0), "ArrowUp")).toEqual({ line: 0, column: 0 });
    expect(focusAfter(cursorAt(9, 3), "ArrowRight")).toEqual({ line: 9, column: 3 });
  });

  test("Tab leaves the grid at its ends and wraps inside", () => {
    expect(onKey(cursorAt(9, 3), { key: "Tab" }, bounds)).toBeNull();
    expect(onKey(cursorAt(0, 0), { key: "Tab", shift: true }, bounds)).toBeNull();
    expect(focusAfter(cursorAt(2, 3), "Tab")).toEqual({ line: 3, column: 0 });
    expect(focusAfter(cursorAt(2, 0), "Tab", { shift: true })).toEqual({ line: 1, column: 3 });
  });

  test("Shift and arrows span a range, Escape collapses it", () => {
    const down = onKey(cursorAt(3, 1), { key: "ArrowDown", shift: true }, bounds)?.cursor as GridCursor;
    const right = onKey(down, { key: "ArrowRight", shift: true }, bounds)?.cursor as GridCursor;

    expect(rangeOf(right)).toEqual({ top: 3, bottom: 4, left: 1, right: 2 });
    expect(onKey(right, { key: "Escape" }, bounds)?.cursor).toEqual(cursorAt(4, 2));
  });

  test("keys that edit", () => {
    expect(onKey(cursorAt(0, 0), { key: "Enter" }, bounds)?.cursor.editing).toEqual({});
    expect(onKey(cursorAt(0, 0), { key: "F2" }, bounds)?.cursor.editing).toEqual({});
    expect(onKey(cursorAt(0, 0), { key: "x" }, bounds)?.cursor.editing).toEqual({ initialText: "x" });
    expect(onKey(cursorAt(0, 0), { key: "Process" }, bounds)?.cursor.editing).toEqual({ initialText: "" });
  });

  test("keys that command", () => {
    expect(onKey(cursorAt(0, 0), { key: "Delete" }, bounds)?.command).toBe("clear");
    expect(onKey(cursorAt(0, 0), { key: " ", shift: true }, bounds)?.command).toBe("toggle-row");
    expect(onKey(cursorAt(0, 0), { key: "a", ctrl: true }, bounds)?.command).toBe("select-all");
    expect(onKey(cursorAt(0, 0), { key: "c", ctrl: true }, bounds)).toBeNull();
    expect(onKey(cursorAt(0, 0), { key: "ArrowDown", alt: true }, bounds)).toBeNull();
  });

  test("after a commit", () => {
    const editing = { ...cursorAt(2, 3), editing: {} };

    expect(afterCommit(editing, "down", bounds)).toEqual(cursorAt(3, 3));
    expect(afterCommit(editing, "next", bounds)).toEqual(cursorAt(3, 0));
    expect(afterCommit(editing, "stay", bounds)).toEqual(cursorAt(2, 3));
  });
});

describe("clipboard text", () => {
  test.each([
    ["one cell", "云图", [["云图"]]],
    [
      "a block with the final line break of a spreadsheet",
      "a\tb\r\nc\td\r\n",
      [
        ["a", "b"],
        ["c", "d"],
      ],
    ],
    [
      "empty cells",
      "\tb\n\t",
      [
        ["", "b"],
        ["", ""],
      ],
    ],
    ["quoted line breaks, tabs and quotes", '"a\nb\t""c"""\td', [['a\nb\t"c"', "d"]]],
    ["a quote that quotes nothing", '"a" b\tc', [['"a" b', "c"]]],
    ["an empty clipboard", "", [[""]]],
  ])("%s", (_, text, rows) => {
    expect(readTsv(text)).toEqual(rows);
  });

  test("round trip", () => {
    const rows = [
      ['say "hi"', "two\nlines"],
      ["tab\there", "¥1,234"],
    ];

    expect(readTsv(writeTsv(rows))).toEqual(rows);
  });
});

async function loadedStore(total: number, more = false): Promise<RowStore> {
  let asked = 0;
  const store = new RowStore(async () => {
    asked += 1;
    if (asked > 1) return new Promise(() => {});
    const rows = Array.from({ length: total }, (_, at) => ({ id: `${at}`, rev: 1 }));
    return { rows, next_cursor: more ? "next" : null };
  });
  store.ensure(0, 1);
  await new Promise((resolve) => setTimeout(resolve, 0));
  return store;
}

describe("lines", () => {
  const section = (key: string, store: RowStore | null, count: number | null): Section => ({
    key,
    store,
    count,
    heading: count !== null,
  });

  test("a list ends with the line that adds a row", async () => {
    const lines = new Lines([section("all", await loadedStore(3), null)], true);

    expect(lines.count).toBe(4);
    expect(lines.at(2)).toMatchObject({ kind: "row", index: 2 });
    expect(lines.at(3)?.kind).toBe("new");
    expect(lines.at(4)).toBeUndefined();
  });

  test("a list with more to come shows skeleton lines", async () => {
    const lines = new Lines([section("all", await loadedStore(3, true), null)], true);

    expect(lines.count).toBe(33);
  });

  test("groups, open and collapsed", async () => {
    const lines = new Lines(
      [section("new", null, 40), section("won", await loadedStore(2), 2), section("lost", null, 1)],
      false,
    );

    expect(lines.count).toBe(5);
    expect([0, 1, 2, 3, 4].map((at) => `${lines.at(at)?.kind} ${lines.at(at)?.section.key}`)).toEqual([
      "group new",
      "group won",
      "row won",
      "row won",
      "group lost",
    ]);
  });

  test("a group never shows more skeletons than it counts", async () => {
    const lines = new Lines([section("won", await loadedStore(3, true), 5)], false);

    expect(lines.count).toBe(6);
  });
});

describe("selection", () => {
  test("a range takes the state of the row clicked before", () => {
    const first = toggleRow(NOTHING, "b", []);
    const range = selectRange(first, ["b", "c", "d"], "d");
    const off = selectRange(toggleRow(range, "c", []), ["c", "d"], "d");

    expect([...range.ids]).toEqual(["b", "c", "d"]);
    expect([...off.ids]).toEqual(["b"]);
  });

  test("taking one out of everything keeps the others that are loaded", () => {
    expect([...toggleRow({ ids: new Set(), all: true, anchor: null }, "b", ["a", "b", "c"]).ids]).toEqual([
      "a",
      "c",
    ]);
  });
});
