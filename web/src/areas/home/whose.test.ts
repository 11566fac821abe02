import { expect, test } from "vitest";
import type { Me, Reference } from "@/api/types";
import { departmentInView } from "./whose";

const sits = (department: Reference | null) => ({ member: { department } }) as unknown as Me;
const east: Reference = { id: "east", title: "华东" };

test.each([
  ["own", "own", null],
  ["none", undefined, null],
  ["tree", "own", "east"],
  ["own", "department", "east"],
  ["all", "all", "east"],
] as const)("who reads %s opportunities and %s tasks looks at %s", (opportunities, tasks, department) => {
  expect(departmentInView(sits(east), opportunities, tasks)).toBe(department);
});

test("who sits in no department looks at their own work", () => {
  expect(departmentInView(sits(null), "all", "all")).toBeNull();
});
