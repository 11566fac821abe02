import { expect, test } from "vitest";
import type { Catalog, CatalogObject } from "@/api/types";
import { acceptsField, contentOf, formOf, piecesOf, takesText, writable, written } from "./values";

const both = (zh: string, en: string) => ({ "zh-CN": zh, en });
const field = (key: string, trait: string, more: object = {}) => ({
  key,
  kind: trait,
  trait,
  label: both(key, key),
  settings: {},
  read_only: false,
  hidden: false,
  system: false,
  ...more,
});
const company = {
  key: "company",
  fields: [
    field("name", "text", { label: both("名称", "Name") }),
    field("number", "text", { kind: "auto_number" }),
    field("created_at", "datetime", { system: true }),
    field("owner", "ref", { kind: "person", system: true, settings: { target: "member" } }),
  ],
} as unknown as CatalogObject;
const opportunity = {
  key: "opportunity",
  fields: [
    field("name", "text"),
    field("company", "ref", { label: both("公司", "Company"), settings: { target: "company" } }),
    field("weighted", "number", { read_only: true }),
    field("lines", "rows"),
  ],
} as unknown as CatalogObject;
const catalog = { objects: [company, opportunity] } as unknown as Catalog;

test("a value is told by its form, and one without any is a constant", () => {
  expect([{ value: 1 }, { formula: "a" }, { text: "b" }, { data: "c.id" }, null].map(formOf)).toEqual([
    "value",
    "formula",
    "text",
    "data",
    "value",
  ]);
  expect(contentOf({ text: "b" })).toBe("b");
  expect(contentOf(null)).toBeUndefined();
});

test("a step writes what people write: no computed, numbered or system field, but the owner", () => {
  expect(writable(company).map(({ key }) => key)).toEqual(["name", "owner"]);
  expect(writable(opportunity).map(({ key }) => key)).toEqual(["name", "company"]);
  expect(takesText({ kind: "long_text" })).toBe(true);
  expect(takesText({ kind: "money" })).toBe(false);
});

test("the fields that a step writes are those of the object named, of the related one, or of the flow's own", () => {
  expect(written(catalog, opportunity, { object: "company" })?.key).toBe("company");
  expect(written(catalog, opportunity, { through: "company" })?.key).toBe("company");
  expect(written(catalog, opportunity, { through: "name" })).toBeUndefined();
  expect(written(catalog, opportunity, {})?.key).toBe("opportunity");
});

test("a relation is chosen among those to one record, and the way back among those to the flow's object", () => {
  const names = (setting: string, object: CatalogObject) =>
    object.fields
      .filter((one) => acceptsField(catalog, "company")({ name: setting } as never, one))
      .map(({ key }) => key);
  expect(names("through", opportunity)).toEqual(["company"]);
  expect(names("about", opportunity)).toEqual(["company"]);
  expect(names("fields", opportunity)).toEqual(["name", "company", "weighted"]);
});

test("text is read with the names of its fields, and what is no field is shown as it stands", () => {
  expect(piecesOf("致 {company.name}：{nothing}", catalog, opportunity, "zh-CN")).toEqual([
    { text: "致 " },
    { text: "公司 / 名称", path: "company.name", known: true },
    { text: "：" },
    { text: "nothing", path: "nothing", known: false },
  ]);
});
