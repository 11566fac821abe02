import { expect, test } from "vitest";
import type { Catalog, CatalogObject } from "@/api/types";
import { inheriting } from "./inheriting";

const object = (key: string, above?: string | string[]) =>
  ({
    key,
    inherit: above ? "parent" : null,
    fields: above
      ? [{ key: "parent", settings: typeof above === "string" ? { target: above } : { targets: above } }]
      : [],
  }) as unknown as CatalogObject;

const CATALOG = {
  objects: [
    object("company"),
    object("contact", "company"),
    object("opportunity", "company"),
    object("quote", "opportunity"),
    object("quote_line", "quote"),
    object("note", ["company", "opportunity"]),
    object("product"),
  ],
} as unknown as Catalog;

const told = (steps: number) =>
  inheriting(CATALOG, "company", steps).map((one) => [one.object.key, one.steps]);

test("each object stands once, at its nearest step", () => {
  expect(told(3)).toEqual([
    ["contact", 1],
    ["opportunity", 1],
    ["note", 1],
    ["quote", 2],
    ["quote_line", 3],
  ]);
});

test("no further than asked for, and nothing beneath what nobody inherits from", () => {
  expect(told(1).map(([key]) => key)).toEqual(["contact", "opportunity", "note"]);
  expect(inheriting(CATALOG, "product", 3)).toEqual([]);
});
