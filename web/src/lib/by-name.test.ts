import { expect, test } from "vitest";
import { byName } from "./by-name";

const ordered = (names: string[]) =>
  names
    .map((name) => ({ name }))
    .sort(byName)
    .map(({ name }) => name);

test("Chinese names stand by their pinyin, not by their code points", () => {
  expect(ordered(["赵敏", "王芳", "陈志远", "李娜", "李明", "阿Q"])).toEqual([
    "阿Q",
    "陈志远",
    "李明",
    "李娜",
    "王芳",
    "赵敏",
  ]);
});

test("names in Latin letters follow the Chinese ones, and numbers count", () => {
  expect(ordered(["销售10部", "bob", "Alice", "销售2部"])).toEqual(["销售2部", "销售10部", "Alice", "bob"]);
});
