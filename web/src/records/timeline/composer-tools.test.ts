import { expect, test } from "vitest";
import type { CatalogObject, Field } from "@/api/types";
import { withText, wordyField } from "./composer-tools";

const field = (key: string, kind: string, more: Partial<Field> = {}) =>
  ({ key, kind, hidden: false, read_only: false, system: false, ...more }) as Field;
const task = { fields: [field("subject", "text"), field("description", "long_text")] } as CatalogObject;

test.each([
  ["long_text", null, "您好", "您好"],
  ["long_text", "前言\n", "您好", "前言\n您好"],
  ["rich_text", null, "一\n二", "<p>一</p><p>二</p>"],
  ["rich_text", "<p>前言</p>", "1 < 2 & 3", "<p>前言</p><p>1 &lt; 2 &amp; 3</p>"],
])("text is added to %s %s", (kind, before, text, expected) => {
  expect(withText({ kind } as Field, before, text)).toBe(expected);
});

test("words go where they are asked for, or to the first text there is", () => {
  expect(wordyField([field("summary", "long_text")], task)?.key).toBe("summary");
  expect(wordyField([field("subject", "text")], task)?.key).toBe("description");
  expect(wordyField([], { fields: [field("body", "rich_text", { read_only: true })] } as CatalogObject)).toBe(
    undefined,
  );
});
