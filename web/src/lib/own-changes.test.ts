import { expect, test } from "vitest";
import { isOwnChange, rememberOwnChange } from "./own-changes";

test("a tab knows what it wrote itself, by the change sets of its answers", () => {
  rememberOwnChange({ id: "r1", _change_set: "c1" });
  rememberOwnChange({ change_set: "c2", count: 1, ids: [] });
  rememberOwnChange({ id: "r2" });
  rememberOwnChange(null);

  expect(["c1", "c2", "c3", null, undefined].map(isOwnChange)).toEqual([true, true, false, false, false]);
});

test("what was long ago is forgotten", () => {
  rememberOwnChange({ change_set: "first" });
  for (let at = 0; at < 200; at += 1) rememberOwnChange({ change_set: `later-${at}` });

  expect([isOwnChange("first"), isOwnChange("later-0"), isOwnChange("later-199")]).toEqual([
    false,
    true,
    true,
  ]);
});
