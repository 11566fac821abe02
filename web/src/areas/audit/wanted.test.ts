import { describe, expect, it } from "vitest";
import { isNarrowed, parseAuditSearch, wantedOf } from "./wanted";

const NOW = new Date("2026-11-28T10:00:00");

describe("the address of the audit log", () => {
  it("keeps what is known and drops the rest", () => {
    const search = parseAuditSearch({ kinds: "export", ip: 10, period: "week", nonsense: "x", member: "" });

    expect(search).toEqual({ kinds: "export", ip: "10", period: "week" });
    expect(parseAuditSearch({ period: "decade" })).toEqual({});
    expect(wantedOf(parseAuditSearch({ key: 2027, member: "m" }), NOW)).toEqual({ key: "2027", member: "m" });
    expect(wantedOf(parseAuditSearch({ key: "同步", key_id: "k" }), NOW)).toEqual({
      key: "同步",
      key_id: "k",
    });
  });

  it("asks for whole days of the reader", () => {
    const start = new Date("2026-11-22T00:00:00").toISOString();
    const end = new Date("2026-11-25T00:00:00").toISOString();

    expect(wantedOf({ period: "week", ip: "10." }, NOW)).toEqual({ ip: "10.", since: start });
    expect(wantedOf({ period: "chosen", from: "2026-11-22", to: "2026-11-24" }, NOW)).toEqual({
      since: start,
      until: end,
    });
    expect(wantedOf({ period: "chosen", to: "2026-11-24" }, NOW)).toEqual({ until: end });
    expect(wantedOf({ member: "m" }, NOW)).toEqual({ member: "m" });
  });

  it("is narrowed by any part", () => {
    expect(isNarrowed({})).toBe(false);
    expect(isNarrowed({ object: "company" })).toBe(true);
  });
});
