import { describe, expect, it } from "vitest";
import type { GroupResult } from "@/api/types";
import { memberRows } from "./team";

const answer = (groups: [string | null, number, string?][]): GroupResult =>
  ({
    groups: groups.map(([id, count, amount]) => ({
      keys: [id && { id, title: `名${id}` }],
      count,
      values: amount ? [{ amount, currency: "CNY" }] : [],
    })),
    totals: { count: 0, values: [] },
  }) as unknown as GroupResult;

describe("memberRows", () => {
  it("puts everybody's figures together, those with most in hand first", () => {
    const rows = memberRows(
      [
        [
          "open",
          answer([
            ["a", 1, "100"],
            ["b", 2, "300"],
            [null, 9, "999"],
          ]),
        ],
        [
          "stalled",
          answer([
            ["c", 4],
            ["a", 1],
          ]),
        ],
      ],
      "CNY",
    );
    expect(rows.map(({ id }) => id)).toEqual(["b", "a", "c"]);
    expect(rows[1]?.cells).toEqual({
      open: { count: 1, amounts: [{ amount: "100", currency: "CNY" }] },
      stalled: { count: 1, amounts: [] },
    });
    expect(rows[2]?.cells.open).toBeUndefined();
  });
});
