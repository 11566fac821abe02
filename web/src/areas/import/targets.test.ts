import { expect, test } from "vitest";
import type { Catalog, Field } from "@/api/types";
import { relationKeys } from "./targets";

const text = (key: string) =>
  ({ key, kind: "text", trait: "text", label: { "zh-CN": key, en: key }, settings: {} }) as unknown as Field;

test("a field called title, such as a person's job title, is no second way of naming by title", () => {
  const member = { key: "member", title: "name", fields: [text("name"), text("title"), text("email")] };
  const catalog = { version: 1, objects: [member] } as unknown as Catalog;
  const manager = { key: "manager", settings: { target: "member" } } as unknown as Field;

  const keys = relationKeys(catalog, manager, { title: "Name", id: "Id" }).map((option) => option.value);

  expect(keys).toEqual(["title", "email", "id"]);
});
