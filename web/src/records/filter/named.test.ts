import { t } from "i18next";
import { expect, test } from "vitest";
import type { Filter } from "@/api/types";
import { sampleCatalog, sampleField, sampleOpportunity } from "../query/sample-catalog";
import { describeFilter } from "./describe";
import { named, plainIds } from "./named";

const ANN = "0193b2a0-0000-7000-8000-00000000000a";
const BOB = "0193b2a0-0000-7000-8000-00000000000b";
const place = { catalog: sampleCatalog, object: sampleOpportunity };
const words = (filter: Filter) => describeFilter(filter, { ...place, language: "zh-CN", t });
const FILTER: Filter = {
  and: [
    { field: "company", op: "eq", value: ANN },
    { not: { field: "company", op: "in", value: [ANN, BOB, { id: BOB, title: "乙公司" }] } },
    { field: "name", op: "eq", value: ANN },
  ],
};

test("ids that stand alone are found by the object whose records they name", () => {
  const found = [...plainIds(FILTER, place)].map(([target, ids]) => [target.key, ids]);

  expect(found).toEqual([["company", [ANN, BOB]]]);
});

test("they are told by the titles of their records; who may not see one is told so", () => {
  const titles = new Map([["company", [{ id: ANN, title: "甲公司" }]]]);

  expect(words(named(FILTER, place, titles))).toBe(
    `company 等于 甲公司 且 不满足（company 是其中之一 甲公司、无权查看、乙公司） 且 name 等于 ${ANN}`,
  );
  expect(words(named({ field: "company", op: "eq", value: ANN }, place, new Map()))).toBe("company 等于 …");
});

test("inside a relation the fields of its records count", () => {
  const firm = sampleField("firm", "lookup", { settings: { target: "company" } });
  const objects = sampleCatalog.objects.map((one) =>
    one.key === "task" ? { ...one, fields: [...one.fields, firm] } : one,
  );
  const within = { catalog: { ...sampleCatalog, objects }, object: sampleOpportunity };
  const filter: Filter = { has: "tasks", where: { field: "firm", op: "eq", value: ANN } };

  expect([...plainIds(filter, within)].map(([target, ids]) => [target.key, ids])).toEqual([
    ["company", [ANN]],
  ]);
  expect(named(filter, within, new Map([["company", [{ id: ANN, title: "甲公司" }]]]))).toEqual({
    has: "tasks",
    where: { field: "firm", op: "eq", value: { id: ANN, title: "甲公司" } },
  });
});
