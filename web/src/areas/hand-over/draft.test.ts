import { expect, test } from "vitest";
import type { Holdings } from "@/api/types";
import { type Draft, hasReceiver, newDraft, paramsOf, receiversOf, withPart } from "./draft";

const wang = { id: "wang", title: "王磊" };
const li = { id: "li", title: "李娜" };
const where = { field: "level", op: "eq", value: "A" };
const holdings = { parts: [{ part: "company.owner", follows: false }] } as unknown as Holdings;

test("whoever leaves keeps nothing and ends all they stand in for", () => {
  const asked = paramsOf("chen", { ...newDraft(true, true), rest: [wang], keep: "edit" }, true);

  expect(asked).toEqual({
    member: "chen",
    rest: ["wang"],
    splits: [],
    together: true,
    only_open: false,
    keep: "none",
    shares: "move",
    positions: "end",
    delegations: "end",
    leave: true,
  });
});

test("what nobody shared with the leaver needs nobody to go to", () => {
  const asked = paramsOf("chen", newDraft(true, false), true);

  expect(asked).toMatchObject({ leave: true, shares: "leave", rest: [] });
});

test("who does not manage members asks for records alone", () => {
  const asked = paramsOf("chen", { ...newDraft(true, true), rest: [wang] }, false);

  expect(asked).toMatchObject({ leave: false, shares: "leave", positions: "leave", delegations: "leave" });
});

test("only parts that are decided by themselves are named", () => {
  let draft: Draft = { ...newDraft(false, true), rest: [wang, li] };
  draft = withPart(draft, "view.owner", { take: false });
  draft = withPart(draft, "task.owner", { take: true });
  draft = withPart(draft, "company.owner", {
    rules: [{ where, to: li }],
    chosen: { one: wang, two: li, three: wang },
    rest: [],
  });

  expect(paramsOf("chen", draft, true).splits).toEqual([
    { part: "view.owner", take: false, chosen: [], rules: [], rest: null },
    {
      part: "company.owner",
      take: true,
      chosen: [
        { records: ["one", "three"], to: "wang" },
        { records: ["two"], to: "li" },
      ],
      rules: [{ where, to: "li" }],
      rest: [],
    },
  ]);
});

test("a hand-over needs somebody to go to", () => {
  const draft = newDraft(false, true);

  expect(hasReceiver(draft, holdings)).toBe(false);
  expect(hasReceiver({ ...draft, rest: [wang] }, holdings)).toBe(true);
  expect(hasReceiver(withPart(draft, "company.owner", { rules: [{ where, to: li }] }), holdings)).toBe(true);
  expect(hasReceiver(withPart(draft, "company.owner", { take: false, rest: [li] }), holdings)).toBe(false);
});

test("receivers are named once, wherever they stand", () => {
  const draft = withPart({ ...newDraft(false, true), rest: [wang] }, "company.owner", {
    rest: [li, wang],
    chosen: { one: li },
  });

  expect(receiversOf(draft)).toEqual([wang, li]);
});
