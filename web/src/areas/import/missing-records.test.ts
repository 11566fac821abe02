import { expect, test } from "vitest";
import { sampleCatalog, sampleField } from "@/records/query/sample-catalog";
import { mayCreateMissing } from "./missing-records";

const company = { ...sampleField("company", "lookup"), settings: { target: "company" } };

test("companies may be made by an import, people never", () => {
  const rights = {
    create: true,
    read: "all",
    edit: "all",
    delete: "all",
    import: true,
    export: true,
  } as const;
  const [first] = sampleCatalog.objects;
  const catalog = {
    ...sampleCatalog,
    objects: ["company", "member"].map((key) => ({ ...first, key, rights })),
  } as typeof sampleCatalog;
  const reading = {
    ...catalog,
    objects: catalog.objects.map((each) => ({ ...each, rights: { ...rights, create: false } })),
  } as typeof sampleCatalog;

  expect(mayCreateMissing(catalog, company)).toBe(true);
  expect(mayCreateMissing(reading, company)).toBe(false);
  expect(mayCreateMissing(catalog, sampleField("owner", "person"))).toBe(false);
  expect(mayCreateMissing(catalog, { ...company, settings: { target: "member" } })).toBe(false);
});
