import { expect, test } from "vitest";
import { fitting } from "./fitting";

test.each([
  [[50, 50, 50], 150, 40, 3],
  [[50, 50, 50], 149, 40, 2],
  [[50, 50, 50], 120, 40, 1],
  [[50, 50, 50], 10, 40, 1],
  [[50, 50, 50], 0, 40, 3],
  [[], 100, 40, 0],
])("of %j in %i with %i for more fit %i", (widths, room, more, count) => {
  expect(fitting(widths, room, more)).toBe(count);
});
