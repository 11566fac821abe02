import { describe, expect, test } from "vitest";
import { changedParts, type Draft, meeting } from "./draft";

const seen: Draft = {
  name: "大额审批",
  description: null,
  run_as: "system",
  own_effects: false,
  definition: { object: "opportunity", triggers: [], start: null, nodes: [] },
};
const made = (part: Partial<Draft>): Draft => ({ ...seen, ...part });
const step = (id: string) =>
  made({
    definition: {
      ...seen.definition,
      start: id,
      nodes: [{ id, kind: "notify", settings: {}, next: {} }],
    },
  });

describe("a flow that somebody else stored meanwhile", () => {
  test("is taken as it is where nothing was written", () => {
    expect(meeting(seen, seen, step("b"))).toEqual({ clash: false, draft: step("b") });
  });

  test("keeps what was written where the other changed something else", () => {
    const theirs = made({ name: "大额订单审批" });
    expect(meeting(seen, step("a"), theirs)).toEqual({
      clash: false,
      draft: { ...step("a"), name: "大额订单审批" },
    });
  });

  test("does not clash where both wrote the same", () => {
    expect(meeting(seen, step("a"), step("a"))).toEqual({ clash: false, draft: step("a") });
  });

  test.each([
    [step("a"), step("b"), ["definition"]],
    [made({ name: "甲" }), made({ name: "乙", run_as: "owner" }), ["name"]],
    [made({ name: "甲", run_as: "owner" }), made({ name: "乙", run_as: "starter" }), ["name", "run_as"]],
  ])("clashes where the same part says two things", (mine, theirs, parts) => {
    expect(meeting(seen, mine, theirs)).toEqual({ clash: true, parts });
  });

  test("the order of keys is no change", () => {
    const turned = { nodes: [], start: null, triggers: [], object: "opportunity" };
    expect(changedParts(seen, made({ definition: turned }))).toEqual([]);
  });
});
