import { expect, test } from "vitest";
import { sideBySide } from "./side-by-side";

const step = (node: string, beside: string[] = [], round = 1) => ({ node, beside, round });
const drawn = (steps: ReturnType<typeof step>[]) =>
  sideBySide(steps, (one, other) => one.round !== other.round).map((columns) =>
    columns.map((column) => column.map(({ node }) => node).join(">")).join(" | "),
  );

test.each([
  ["one after the other", [step("a"), step("b")], ["a", "b"]],
  [
    "two ways between two steps",
    [step("a"), step("sales", ["legal"]), step("legal", ["sales"]), step("z")],
    ["a", "sales | legal", "z"],
  ],
  [
    "a way of two steps beside one of a single step",
    [step("a1", ["b"]), step("a2", ["b"]), step("b", ["a1", "a2"])],
    ["a1>a2 | b"],
  ],
  [
    "four ways at once",
    ["a", "b", "c", "d"].map((one) =>
      step(
        one,
        ["a", "b", "c", "d"].filter((other) => other !== one),
      ),
    ),
    ["a | b | c | d"],
  ],
  [
    "the same ways in two rounds",
    [step("a", ["b"]), step("b", ["a"]), step("a", ["b"], 2), step("b", ["a"], 2)],
    ["a | b", "a | b"],
  ],
  ["nothing", [], []],
])("%s", (_, steps, expected) => {
  expect(drawn(steps)).toEqual(expected);
});
