import { expect, test } from "vitest";
import { safeNext } from "./sign-in-page";

test.each([
  ["/w/demo/o/company?view=1", "/w/demo/o/company?view=1"],
  [undefined, "/"],
  ["https://elsewhere.example", "/"],
  ["//elsewhere.example", "/"],
  ["/\\elsewhere.example", "/"],
])("after signing in, %s leads to %s", (next, address) => {
  expect(safeNext(next)).toBe(address);
});
