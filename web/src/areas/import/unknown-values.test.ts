import { expect, test } from "vitest";
import type { ImportProblem } from "@/api/types";
import { unknownValues } from "./unknown-values";

const problem = (code: string, params: Record<string, unknown>): ImportProblem => ({
  column: "product",
  field: "product",
  code,
  params,
  message: "",
  count: 3,
  first_row: 2,
});

test("texts that name no option or record are values to be put right; other errors are not", () => {
  const found = unknownValues([
    problem("transfer.relation_not_found", { value: "GTXPro" }),
    problem("fields.unknown_option", { value: "Lost!", allowed: "" }),
    problem("fields.not_a_number", { value: "x" }),
    problem("fields.unknown_option", {}),
  ]);

  expect(found).toEqual([
    { field: "product", value: "GTXPro", count: 3 },
    { field: "product", value: "Lost!", count: 3 },
  ]);
});
