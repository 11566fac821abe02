import { expect, test } from "vitest";
import type { CatalogObject, RecordRow } from "@/api/types";
import { factsOf } from "./about-record";
import { changedTexts } from "./changed-texts";

const field = (key: string, more = {}) => ({
  key,
  kind: "text",
  label: { "zh-CN": key.toUpperCase(), en: key },
  settings: {},
  access: "edit",
  access_by_type: {},
  ...more,
});
const deal = {
  key: "deal",
  title: "name",
  fields: [field("name"), field("stage"), field("secret"), field("inner", { hidden: true })],
  layout: { highlights: ["stage", "inner"], sections: [{ fields: ["name", "stage", "secret"] }] },
} as unknown as CatalogObject;
const row = { id: "d1", rev: 1, name: "大单", stage: "谈判", secret: "x", inner: "y" } as RecordRow;

test("what stays as it is is no change", () => {
  expect(changedTexts(deal, { name: "大单", stage: "赢单", unknown: 1 }, row)).toEqual([
    { key: "stage", name: "STAGE", before: "谈判", after: "赢单" },
  ]);
});

test("of a new record what is filled in is told", () => {
  expect(changedTexts(deal, { name: "新单", stage: null }, undefined)).toEqual([
    { key: "name", name: "NAME", before: null, after: "新单" },
  ]);
});

test("of the record first what matters most, on paper all of its page, and nothing that the step hides", () => {
  expect(factsOf(deal, row, ["secret"])).toEqual({
    first: [["STAGE", "谈判"]],
    all: [
      ["STAGE", "谈判"],
      ["NAME", "大单"],
    ],
  });
});
