import dayjs from "dayjs";
import { describe, expect, it, test } from "vitest";
import { calledPath, curlOf, expiryOf, hasEnded, rolesToBegin, standingOf } from "./keys";

const NOW = new Date("2026-11-22T10:00:00");
const HELD = [
  { id: "a", name: "A", held: false },
  { id: "b", name: "B", held: true },
];
const at = (days: number) => dayjs(NOW).add(days, "day").toISOString();

test.each([
  [{ state: "active", roles: HELD, expires_at: null }, "active"],
  [{ state: "active", roles: HELD, expires_at: at(8) }, "active"],
  [{ state: "active", roles: HELD, expires_at: at(6) }, "soon"],
  [{ state: "active", roles: HELD, expires_at: at(0) }, "expired"],
  [{ state: "expired", roles: HELD, expires_at: at(-1) }, "expired"],
  [{ state: "revoked", roles: HELD, expires_at: at(6) }, "revoked"],
  [{ state: "active", roles: HELD.slice(0, 1), expires_at: at(6) }, "roleless"],
  [{ state: "active", roles: [], expires_at: null }, "roleless"],
])("%o stands as %s", (key, standing) => {
  expect(standingOf(key, NOW)).toBe(standing);
});

test("a key without roles may get them back, an ended one never works again", () => {
  expect(hasEnded("roleless")).toBe(false);
  expect(hasEnded("soon")).toBe(false);
  expect(hasEnded("revoked") && hasEnded("expired")).toBe(true);
});

describe("the roles of a new key", () => {
  const own = [
    { id: "a", name: "A" },
    { id: "b", name: "B" },
  ];

  it("are chosen, unless there is only one", () => {
    expect(rolesToBegin(own, null)).toEqual([]);
    expect(rolesToBegin(own.slice(1), null)).toEqual(["b"]);
  });

  it("are those of the key that it replaces, as far as they are still held", () => {
    expect(rolesToBegin(own.slice(1), { roles: HELD })).toEqual(["b"]);
    expect(rolesToBegin(own, { roles: HELD.slice(0, 1) })).toEqual(["a"]);
  });
});

describe("the last moment of a new key", () => {
  it("lies so many days ahead", () => {
    expect(expiryOf("30", null, NOW)).toBe(at(30));
    expect(expiryOf("365", "2027-01-01", NOW)).toBe(at(365));
  });

  it("is the end of the chosen day, today's included", () => {
    expect(expiryOf("day", "2026-11-22", NOW)).toBe(new Date("2026-11-23T00:00:00").toISOString());
    expect(expiryOf("day", "2026-12-31", NOW)).toBe(new Date("2027-01-01T00:00:00").toISOString());
  });

  it("is not there without a day, or for a key that stays", () => {
    expect(expiryOf("day", null, NOW)).toBeNull();
    expect(expiryOf("never", "2026-12-31", NOW)).toBeNull();
  });
});

test("the example is a call that can be pasted as it is", () => {
  expect(curlOf("https://crm.example.com", "acme", "gx_secret")).toBe(
    'curl -H "Authorization: Bearer gx_secret" https://crm.example.com/api/v1/acme/me',
  );
});

test.each([
  ["/api/v1/acme/records/company", "records/company"],
  ["/api/v1/acme2/me", "/api/v1/acme2/me"],
  ["/api/v1/oauth/authorization", "/api/v1/oauth/authorization"],
])("%s is told as %s", (path, told) => {
  expect(calledPath(path, "acme")).toBe(told);
});
