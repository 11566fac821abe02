import { expect, test } from "vitest";
import { sampleCatalog, sampleOpportunity } from "../query/sample-catalog";
import { boardModel, columnKeyOf, firstSplit, optionColumns, recordColumns } from "./board-model";

test("stages belong to a pipeline that opportunities name as well", () => {
  const model = boardModel(sampleCatalog, sampleOpportunity);

  expect(model?.field.key).toBe("stage");
  expect(model?.target?.key).toBe("stage");
  expect(model?.split).toMatchObject({ ownField: "pipeline", columnField: "pipeline" });
  expect(model?.split?.object.key).toBe("pipeline");
  expect(model?.sum?.key).toBe("amount");
});

test("columns of records carry a reference, columns of options a key", () => {
  const model = boardModel(sampleCatalog, sampleOpportunity);
  const status = sampleOpportunity.fields.find((field) => field.key === "status");
  if (!model?.target || !status) throw new Error("the sample has a board");
  const [stage] = recordColumns(model.field, model.target, [
    { id: "s1", rev: 1, name: "谈判", color: "amber" },
  ]);
  const [, won] = optionColumns(status, "en");

  expect(stage).toEqual({
    key: "s1",
    name: "谈判",
    hue: "amber",
    value: { id: "s1", title: "谈判" },
    where: { field: "stage", op: "eq", value: "s1" },
  });
  expect(won).toMatchObject({ key: "won", name: "Won", hue: "green", value: "won" });
});

test("a colour that is not ours becomes slate", () => {
  const model = boardModel(sampleCatalog, sampleOpportunity);
  if (!model?.target) throw new Error("the sample has a board");

  expect(
    recordColumns(model.field, model.target, [{ id: "s1", rev: 1, name: "x", color: "#ff0000" }])[0]?.hue,
  ).toBe("slate");
});

test("keys of grouped values", () => {
  expect([columnKeyOf({ id: "s1" }), columnKeyOf("won"), columnKeyOf(null)]).toEqual(["s1", "won", null]);
});

test("the pipeline shown first", () => {
  const rows = [
    { id: "a", rev: 1 },
    { id: "b", rev: 1, is_default: true },
  ];

  expect(firstSplit(rows)).toBe("b");
  expect(firstSplit(rows.slice(0, 1))).toBe("a");
  expect(firstSplit([])).toBeNull();
});
