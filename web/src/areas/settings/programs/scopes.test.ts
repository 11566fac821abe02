import { describe, expect, it, test } from "vitest";
import { linesOf, mayChoose, reachOf, told, withReach } from "./scopes";

test.each([
  [["company:read"], "company", "read"],
  [["company:write"], "company", "write"],
  [["company:read"], "contact", "none"],
  [["*:read"], "contact", "read"],
  [["*:read", "contact:write"], "contact", "write"],
  [["*:write", "contact:read"], "contact", "write"],
])("%o come to %s: %s", (scopes, object, reach) => {
  expect(reachOf(scopes, object)).toBe(reach);
});

describe("choosing what an app may ask for", () => {
  it("replaces what was said of the object and leaves the others", () => {
    expect(withReach(["company:read", "contact:read"], "company", "write")).toEqual([
      "contact:read",
      "company:write",
    ]);
    expect(withReach(["company:write", "contact:read"], "company", "none")).toEqual(["contact:read"]);
  });

  it("says nothing twice when all objects are named", () => {
    expect(withReach(["company:read", "contact:write"], "*", "read")).toEqual(["contact:write", "*:read"]);
    expect(withReach(["company:read", "contact:write"], "*", "write")).toEqual(["*:write"]);
    expect(withReach(["*:read"], "company", "read")).toEqual(["*:read"]);
  });

  it("leaves what was said beside all objects when those are taken back", () => {
    expect(withReach(["contact:write", "*:read"], "*", "none")).toEqual(["contact:write"]);
  });
});

test.each([
  [[], "company", "none", true],
  [["*:read"], "company", "none", false],
  [["*:read"], "company", "read", true],
  [["*:read"], "company", "write", true],
  [["*:write"], "company", "read", false],
  [["*:write"], "company", "write", true],
  [["*:write"], "*", "none", true],
] as const)("with %o, %s may be set to %s: %s", (scopes, object, reach, may) => {
  expect(mayChoose(scopes, object, reach)).toBe(may);
});

test("all objects are told first, and each object once", () => {
  expect(told(["company:read", "company:write", "*:read"])).toEqual([
    { object: "*", writes: false },
    { object: "company", writes: true },
  ]);
});

test("addresses are read line by line", () => {
  expect(linesOf(" https://a.example/done \n\n com.example.app:/done\t")).toEqual([
    "https://a.example/done",
    "com.example.app:/done",
  ]);
});
