import i18next from "i18next";
import { beforeAll, expect, test } from "vitest";
import type { ApprovalDetails, ApprovalNote, ApprovalTask } from "@/api/types";
import { loadTexts, setLanguage } from "@/lib/i18n";
import { noteSentence, pendingSentence, standsIn, visits } from "./words";

beforeAll(() => loadTexts("areas/approvals"));

const person = (title: string) => ({ id: title, title });
const task = (node: string, round: number, created_at: string, beside: string[] = []) =>
  ({
    beside,
    id: `${node}${round}${created_at}`,
    node,
    node_label: node,
    round,
    kind: "approve",
    created_at,
  }) as ApprovalTask;
const note = (kind: ApprovalNote["kind"], more: Partial<ApprovalNote["more"]> = {}): ApprovalNote => ({
  at: "2026-11-22T08:00:00Z",
  kind,
  member: person("李娜"),
  node: "n1",
  node_label: "法务",
  comment: null,
  more: { to: null, instead_of: null, people: [], why: null, files: [], ...more },
});

test("tasks stand by step and round, in the order in which they were come to", () => {
  const found = visits([
    task("first", 1, "2026-01-01"),
    task("second", 1, "2026-01-02"),
    task("second", 1, "2026-01-05"),
    task("first", 2, "2026-01-03"),
  ]);
  expect(found.map(({ node, round, tasks }) => [node, round, tasks.length])).toEqual([
    ["first", 1, 1],
    ["second", 1, 2],
    ["first", 2, 1],
  ]);
});

test("steps that are decided side by side say beside which, those in turn beside none", () => {
  const found = visits([
    task("first", 1, "2026-01-01"),
    task("sales", 1, "2026-01-02", ["legal"]),
    task("legal", 1, "2026-01-02", ["sales"]),
    task("last", 1, "2026-01-03"),
  ]);
  expect(found.map(({ node, beside }) => [node, beside])).toEqual([
    ["first", []],
    ["sales", ["legal"]],
    ["legal", ["sales"]],
    ["last", []],
  ]);
});

test("what is pending is named by field", () => {
  const held = [
    { label: "金额", before: "10", after: "20" },
    { label: "阶段", before: null, after: "赢单" },
  ];
  const told = { op: "update", held } as unknown as ApprovalDetails;
  expect(pendingSentence(i18next.t, told)).toBe("金额：10 → 20；阶段：— → 赢单");
});

test("who stands in for somebody is named", () => {
  expect(standsIn(i18next.t, { ...person("林浩"), stands_in: [person("陈志远")] })).toBe(
    "（由陈志远代为审批）",
  );
});

test.each([
  [note("approve"), "李娜 同意", "李娜 approved"],
  [note("approve", { instead_of: person("林浩") }), "李娜 同意（代 林浩）", "李娜 approved (for 林浩)"],
  [
    note("return", { to: { id: "start", title: null } }),
    "李娜 退回给提交人",
    "李娜 returned it to the submitter",
  ],
  [
    note("add_with", { people: [person("林浩"), person("周敏")] }),
    "李娜 加签 林浩、周敏 一起审批",
    "李娜 added 林浩, 周敏 to decide together",
  ],
  [
    { ...note("auto_reject", { why: "late" }), member: null },
    "“法务”自动驳回：超过期限",
    "“法务” was rejected automatically: it was overdue",
  ],
])("a line of the history is a sentence in both languages", async (line, chinese, english) => {
  expect(noteSentence(i18next.t, line)).toBe(chinese);
  await setLanguage("en");
  expect(noteSentence(i18next.t, line)).toBe(english);
  await setLanguage("zh-CN");
});
