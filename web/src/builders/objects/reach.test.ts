import { expect, test } from "vitest";
import type { CatalogObject } from "@/api/types";
import type { DesignedWhole } from "./model";
import { keptFields, type Reach, takesBack } from "./reach";

const parts = ["name", "revenue", "notes", "secret", "new"].map((key) => ({
  id: `id-${key}`,
  key,
  state: key === "new" ? "creating" : "active",
}));
const object = { key: "company", parts } as unknown as DesignedWhole;
const known = {
  key: "company",
  fields: [
    { key: "name", access: "edit", access_by_type: {} },
    { key: "revenue", access: "masked", access_by_type: {} },
    { key: "notes", access: "read", access_by_type: { vip: "hidden" } },
  ],
} as unknown as CatalogObject;
const ONE: Reach = { whole: false, kept: new Set(["revenue"]) };

test("a field whose value is masked, hidden or hidden for one type is kept; a new one is not", () => {
  expect([...keptFields(object, known)]).toEqual(["revenue", "notes", "secret"]);
});

test.each([
  [[{ op: "object.update", values: { color: "red" } }], true],
  [[{ op: "object.update", values: { color: "red", group: "sales" } }], false],
  [[{ op: "object.archive" }], false],
  [[{ op: "field.update", id: "id-name", values: { label: {} } }], true],
  [[{ op: "field.update", id: "id-revenue", values: { label: {} } }], false],
  [[{ op: "field.update", id: "id-revenue", values: { position: 3 } }], true],
  [[{ op: "component.create", object: "company", values: {} }], true],
])("%j is theirs to take back: %s", (changes, theirs) => {
  expect(takesBack(changes, object, ONE)).toBe(theirs);
  expect(takesBack(changes, object, { whole: true, kept: new Set() })).toBe(true);
});
