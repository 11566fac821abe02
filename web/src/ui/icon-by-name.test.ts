import { globSync, readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { isKnownIcon } from "./icon-by-name";

test("every icon an object definition names is in the bundle", () => {
  const named = globSync("../server/guanxi/*/*/objects/*.toml").flatMap(
    (path) => /^icon = "(.+)"$/m.exec(readFileSync(path, "utf8"))?.[1] ?? [],
  );

  expect(named.length).toBeGreaterThan(10);
  expect(named.filter((name) => !isKnownIcon(name))).toEqual([]);
});
