import { expect, test } from "vitest";
import type { CatalogObject, Field } from "@/api/types";
import {
  changeEntry,
  clashes,
  type Draft,
  draftOf,
  matchable,
  missingRequired,
  removeEntry,
  replaceValue,
  retarget,
  settingsOf,
} from "./mapping";

const field = (key: string, trait: Field["trait"], more: Partial<Field> = {}) =>
  ({
    key,
    trait,
    kind: trait,
    settings: {},
    required: false,
    system: false,
    read_only: false,
    ...more,
  }) as Field;

const object = {
  key: "opportunity",
  fields: [
    field("name", "text", { required: true }),
    field("product", "ref", { settings: { target: "product" } }),
    field("amount", "number"),
    field("address", "json"),
    field("status", "choice", { required: true, default: "open" }),
  ],
} as unknown as CatalogObject;

const draft: Draft = draftOf({
  proposal: [
    { column: "deal", field: "name", confidence: 0.9 },
    { column: "product", field: "product", relation: { by: "title", create_missing: false } },
    { column: "note", field: null },
  ],
  match: ["name"],
});

test("begins with what the server proposes, or with what was saved", () => {
  expect(draft).toMatchObject({ mode: "create", match: ["name"], clearEmpty: false });
  const saved = { mapping: [], mode: "upsert", match: [], clear_empty: true } as const;
  expect(draftOf({ proposal: draft.entries, match: [] }, { ...saved, mapping: [], match: [] })).toEqual({
    entries: [],
    mode: "upsert",
    match: [],
    clearEmpty: true,
  });
});

test("another target forgets what only fitted the old one, and the match key of a field no longer mapped", () => {
  const changed = retarget(changeEntry(draft, 0, { values: { a: "b" } }), 0, "amount", object);

  expect(changed.entries[0]).toMatchObject({ column: "deal", field: "amount", values: undefined });
  expect(changed.match).toEqual([]);
});

test("a reference begins with names", () => {
  expect(retarget(draft, 2, "product", object).entries[2]?.relation).toEqual({
    by: "title",
    create_missing: false,
  });
});

test("the same target twice clashes, and so do a whole and its part", () => {
  expect(clashes(retarget(draft, 2, "name", object))).toEqual(new Set(["name"]));
  const parts = {
    ...draft,
    entries: [
      { column: "a", field: "address" },
      { column: "b", field: "address.city" },
    ],
  };
  expect(clashes(parts)).toEqual(new Set(["address.city"]));
});

test("replacing a value adds a rule, replacing it by nothing takes the rule back", () => {
  const replaced = replaceValue(draft, "product", "GTXPro", "GTX Pro");

  expect(replaced.entries[1]?.values).toEqual({ GTXPro: "GTX Pro" });
  expect(replaceValue(replaced, "product", "GTXPro", null).entries[1]?.values).toEqual({});
});

test("required fields without a source are named, unless they have a default or nothing is created", () => {
  const nameless = removeEntry(draft, 0);

  expect(missingRequired(nameless, object).map(({ key }) => key)).toEqual(["name"]);
  expect(missingRequired({ ...nameless, mode: "update" }, object)).toEqual([]);
});

test("the path of a department tells its name", () => {
  const departments = { ...object, key: "department" };
  const byPath = changeEntry(removeEntry(draft, 0), 0, { field: "path" });

  expect(missingRequired(byPath, departments)).toEqual([]);
  expect(missingRequired(byPath, object).map(({ key }) => key)).toEqual(["name"]);
});

test("records can be recognised by mapped texts, numbers, references and choices", () => {
  expect(matchable(draft, object).map(({ key }) => key)).toEqual(["name", "product"]);
});

test("the server gets the mapping without confidence and without replacements that are not decided", () => {
  const settings = settingsOf(changeEntry(draft, 1, { values: { GTXPro: "GTX Pro", other: "" } }));

  expect(settings.mapping[0]).not.toHaveProperty("confidence");
  expect(settings.mapping[1]?.values).toEqual({ GTXPro: "GTX Pro" });
  expect(settings.match).toEqual([]);
});
