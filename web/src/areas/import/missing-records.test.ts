import { expect, test } from "vitest";
import type { Catalog } from "@/api/types";
import { sampleCatalog, sampleField } from "@/records/query/sample-catalog";
import { mayCreateMissing } from "./missing-records";

const company = { ...sampleField("company", "lookup"), settings: { target: "company" } };
const manager = { ...sampleField("manager", "lookup"), settings: { target: "member" } };

function catalogOf(create: Record<string, boolean>): Catalog {
  const [first] = sampleCatalog.objects;
  const rights = { read: "all", edit: "all", delete: "all", import: true, export: true } as const;
  const objects = Object.entries(create).map(([key, may]) => ({
    ...first,
    key,
    rights: { ...rights, create: may },
  }));
  return { ...sampleCatalog, objects } as Catalog;
}

test("what one may create may be made by an import: companies, and colleagues named as a manager", () => {
  const catalog = catalogOf({ company: true, member: true });

  expect(mayCreateMissing(catalog, company)).toBe(true);
  expect(mayCreateMissing(catalog, manager)).toBe(true);
});

test("what one may not create is not offered", () => {
  const catalog = catalogOf({ company: false, member: false });

  expect(mayCreateMissing(catalog, company)).toBe(false);
  expect(mayCreateMissing(catalog, manager)).toBe(false);
});

test("an owner is never made, nor what may be of several objects, as the server refuses both", () => {
  const catalog = catalogOf({ company: true, member: true });
  const about = { ...company, settings: { targets: ["company", "member"] } };

  expect(mayCreateMissing(catalog, sampleField("owner", "person"))).toBe(false);
  expect(mayCreateMissing(catalog, about)).toBe(false);
});
