import { expect, test } from "vitest";
import { hueOf, initials } from "./avatar";

test.each([
  ["王芳", "王"],
  ["John Smith", "JS"],
  ["  anna  ", "A"],
  ["欧阳 修", "欧"],
  ["", "?"],
  ["（示例）王芳", "示"],
  ["“Anna” (Sales)", "AS"],
  ["张伟 !", "张"],
  ["--", "?"],
])("the initials of %j are %s", (name, letters) => {
  expect(initials(name)).toBe(letters);
});

test("the same name always has the same hue", () => {
  expect(hueOf("王芳")).toBe(hueOf("王芳"));
});
