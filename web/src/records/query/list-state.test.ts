import { describe, expect, test } from "vitest";
import {
  formatColumns,
  moveColumn,
  parseColumns,
  pinColumn,
  resizeColumn,
  showColumn,
  visibleColumns,
} from "./columns";
import {
  applySearch,
  isChanged,
  parseListSearch,
  readViewConfig,
  searchFor,
  toggleSort,
  type ViewState,
  writeViewConfig,
} from "./list-state";

const view: ViewState = {
  type: "table",
  where: { field: "status", op: "eq", value: "open" },
  sort: [{ field: "amount", dir: "desc" }],
  group: null,
  columns: [{ field: "name", width: 240 }, { field: "amount" }],
  density: null,
};

describe("address", () => {
  test("changes make an address that restores them", () => {
    const state: ViewState = {
      type: "board",
      where: null,
      sort: [{ field: "name", dir: "asc" }],
      group: { field: "closed_on", bucket: "month" },
      columns: [
        { field: "amount", pinned: true },
        { field: "name", width: 300, hidden: true },
      ],
      density: "compact",
    };

    const search = searchFor(view, state, { view: "v1", q: "云" });

    expect(search).toEqual({
      view: "v1",
      q: "云",
      type: "board",
      where: null,
      sort: "name",
      group: "closed_on:month",
      columns: "amount::p,name:300:h",
      density: "compact",
    });
    expect(applySearch(view, parseListSearch(search))).toEqual(state);
    expect(isChanged(search)).toBe(true);
  });

  test("the words to search for may be called as the API calls them", () => {
    expect(parseListSearch({ view: "board", search: "云" })).toEqual({ view: "board", q: "云" });
    expect(parseListSearch({ search: "云", q: "图" })).toEqual({ q: "图" });
  });

  test("an unchanged view leaves an empty address", () => {
    const search = searchFor(view, { ...view }, { view: "v1" });

    expect(search).toEqual({ view: "v1" });
    expect(isChanged(search)).toBe(false);
  });

  test("sorting and grouping can be taken away from a view", () => {
    const search = searchFor(view, { ...view, sort: [] }, {});

    expect(search).toEqual({ sort: "" });
    expect(applySearch(view, search).sort).toEqual([]);
  });

  test("broken parts of an address are as if absent", () => {
    expect(
      parseListSearch({ view: 7, where: { and: [{}] }, type: "map", density: "tiny", sort: ["a"] }),
    ).toEqual({ view: "7" });
  });
});

test("a view's configuration survives being stored", () => {
  const stored = JSON.parse(JSON.stringify(writeViewConfig(view)));

  expect(readViewConfig("table", stored, { ...view, columns: [], sort: [] })).toEqual(view);
});

test("a broken configuration falls back to the defaults", () => {
  expect(readViewConfig("table", { where: {}, columns: 5 }, view)).toEqual({ ...view, where: null });
});

test("a header cycles through ascending, descending, none", () => {
  const up = toggleSort([], "name", false);
  const down = toggleSort(up, "name", false);

  expect(up).toEqual([{ field: "name", dir: "asc" }]);
  expect(down).toEqual([{ field: "name", dir: "desc" }]);
  expect(toggleSort(down, "name", false)).toEqual([]);
  expect(toggleSort(down, "amount", true)).toEqual([...down, { field: "amount", dir: "asc" }]);
});

describe("columns", () => {
  const columns = parseColumns("name:240,amount:120::avg,stage::p,notes::h");

  test("text round trip", () => {
    expect(formatColumns(columns)).toBe("name:240,amount:120::avg,stage::p,notes::h");
  });

  test("paths and junk", () => {
    expect(parseColumns("company.industry:9999,,:5,name:x")).toEqual([
      { field: "company.industry", width: 640 },
      { field: "name" },
    ]);
  });

  test("on screen the first and the pinned ones lead", () => {
    expect(visibleColumns(columns).map((column) => column.field)).toEqual(["name", "stage", "amount"]);
    expect(visibleColumns(columns)[0]?.pinned).toBe(true);
  });

  test("moving, sizing, pinning, showing", () => {
    expect(formatColumns(moveColumn(columns, "stage", "amount"))).toBe(
      "name:240,stage::p,amount:120::avg,notes::h",
    );
    expect(formatColumns(moveColumn(columns, "name", null))).toBe(
      "amount:120::avg,stage::p,notes::h,name:240",
    );
    expect(formatColumns(resizeColumn(columns, "amount", 3))).toBe(
      "name:240,amount:64::avg,stage::p,notes::h",
    );
    expect(formatColumns(pinColumn(columns, "stage", false))).toBe("name:240,amount:120::avg,stage,notes::h");
    expect(formatColumns(showColumn(columns, "notes", true))).toBe("name:240,amount:120::avg,stage::p,notes");
    expect(formatColumns(showColumn(columns, "phone", true))).toBe(
      "name:240,amount:120::avg,stage::p,notes::h,phone",
    );
  });
});
