/** Rows of lines: what follows from a change, what is sent, and what a spreadsheet puts on the clipboard. */
import { expect, test } from "vitest";
import type { PricedLine } from "@/api/types";
import { cellsOf, editsOf, newRow, rowsOf, withPrice, withValue } from "./model";

const saved = [
  { id: "a", rev: 3, position: 1, list_price: "100", discount: "0", unit_price: "100", quantity: "1" },
  { id: "b", rev: 1, position: 2, list_price: "50", discount: "10", unit_price: "45", quantity: "2" },
];
const found: PricedLine = {
  product: "p",
  name: "网关",
  price: "90",
  source: "book",
  book: { id: "k", title: "A 级" },
  from_quantity: "10",
  unit: { id: "u", title: "台" },
  tax_rate: { id: "t", title: "13%" },
  tax_percent: "13",
  code: null,
  message: null,
};

test("a unit price makes the discount, a discount the unit price, and only one of them is sent", () => {
  const [row] = rowsOf(saved, []);
  if (!row) throw new Error("no row");

  const cheap = withValue(row, "unit_price", "87.5");
  expect([cheap.values.discount, cheap.changed]).toEqual(["12.5", { unit_price: "87.5" }]);
  const cheaper = withValue(cheap, "discount", "20");
  expect([cheaper.values.unit_price, cheaper.changed]).toEqual(["80", { discount: "20" }]);
});

test("a price that was found comes with its reason and is sent as it was seen", () => {
  const row = withPrice(withValue(newRow(), "product", { id: "p", title: "网关" }), found);

  expect(row.values).toMatchObject({
    list_price: "90",
    unit_price: "90",
    name: "网关",
    price_source: "book",
  });
  expect(row.changed).toEqual({ product: { id: "p", title: "网关" }, list_price: "90" });
  const none = withPrice(newRow({ product: { id: "p" } }), { ...found, price: null, message: "没有价格" });
  expect([none.problem, none.changed]).toEqual(["没有价格", { product: { id: "p" } }]);
});

test("what nobody touched is not sent, what is gone is deleted, empty rows are nothing", () => {
  const [first, second] = rowsOf(saved, []);
  if (!first || !second) throw new Error("no rows");
  const fresh = newRow({ name: "安装" });

  expect(editsOf([withValue(first, "quantity", "5"), fresh, newRow()].slice(0, 1), [second])).toEqual([
    { id: "b", rev: 1, delete: true },
    { id: "a", rev: 3, values: { quantity: "5" } },
  ]);
  expect(editsOf([first, second, fresh, newRow()], [])).toEqual([{ values: { name: "安装" } }]);
});

test("a row put between others says where all of them stand", () => {
  const [first, second] = rowsOf(saved, []);
  if (!first || !second) throw new Error("no rows");

  expect(editsOf([first, newRow({ name: "安装" }), second], [])).toEqual([
    { values: { name: "安装", position: 2 } },
    { id: "b", rev: 1, values: { position: 3 } },
  ]);
});

test.each([
  [
    "a\tb\nc\td",
    [
      ["a", "b"],
      ["c", "d"],
    ],
  ],
  [
    "a\t\r\n\r\n\tb\r\n",
    [
      ["a", ""],
      ["", "b"],
    ],
  ],
  ['"zwei\nZeilen"\t"ein ""Wort"""', [["zwei\nZeilen", 'ein "Wort"']]],
  ["nur", [["nur"]]],
  ["", []],
])("%j is read as cells", (pasted, cells) => {
  expect(cellsOf(pasted)).toEqual(cells);
});
