import i18next from "i18next";
import { beforeAll, expect, test } from "vitest";
import type { Catalog, CatalogObject, KindSetting, Language } from "@/api/types";
import { loadTexts, setLanguage } from "@/lib/i18n";
import type { Definition, Palette } from "./model";
import { roleTitle, sentenceOf } from "./words";

const both = (zh: string, en: string) => ({ "zh-CN": zh, en });
const setting = (name: string, type: KindSetting["type"]) =>
  ({ name, type, choices: [], of: null }) as unknown as KindSetting;

const opportunity = {
  key: "opportunity",
  label: both("商机", "Opportunity"),
  title: "name",
  relations: [],
  fields: [
    { key: "name", kind: "text", trait: "text", label: both("名称", "Name"), settings: {} },
    {
      key: "amount",
      kind: "money",
      trait: "number",
      label: both("金额", "Amount"),
      settings: { currency: "CNY" },
    },
    {
      key: "stage",
      kind: "choice",
      trait: "choice",
      label: both("阶段", "Stage"),
      settings: { options: [{ key: "won", label: both("赢单", "Won") }] },
    },
  ],
} as unknown as CatalogObject;
const catalog = { objects: [opportunity] } as unknown as Catalog;

const kind = (key: string, zh: string, en: string, settings: KindSetting[]) => ({
  key,
  label: both(zh, en),
  help: both("", ""),
  icon: "box",
  about_record: true,
  settings,
});
const palette = {
  triggers: [
    kind("record.updated", "记录变更时", "A record is changed", [
      setting("fields", "fields"),
      setting("where", "condition"),
    ]),
    kind("schedule", "到点时", "At a time", [setting("time", "duration")]),
  ],
  steps: [
    {
      ...kind("record.update", "更新记录", "Update record", [setting("values", "assignments")]),
      ports: ["out"],
    },
    { ...kind("wait", "等待", "Wait", [setting("time", "duration")]), ports: ["out"] },
    {
      ...kind("task", "创建任务", "Create task", [
        setting("people", "people"),
        { ...setting("due", "duration"), label: both("期限", "Due after") },
      ]),
      ports: ["out"],
    },
    {
      ...kind("assign", "分配", "Assign", [
        { ...setting("skills", "texts"), of: "skill", label: both("需要的技能", "Skills needed") },
        {
          ...setting("skill_field", "field"),
          label: both("需要的技能取自字段", "Skills needed, from a field"),
        },
        { ...setting("present", "flag"), label: both("跳过由他人代理的人", "Pass over who is stood in for") },
        { ...setting("most", "whole"), label: both("每人最多", "At most each") },
      ]),
      ports: ["out"],
    },
  ],
} as unknown as Palette;

const definition: Definition = {
  object: "opportunity",
  triggers: [
    {
      id: "t1",
      kind: "record.updated",
      settings: { fields: ["amount"], where: { where: { field: "amount", op: "gt", value: "1000000" } } },
    },
  ],
  start: "n1",
  nodes: [
    {
      id: "n1",
      kind: "record.update",
      settings: { values: { stage: { value: "won" }, name: { text: "大单 {amount}" } } },
      next: { out: "n2" },
    },
    { id: "n2", kind: "wait", settings: { time: { amount: 2, unit: "working_days" } }, next: {} },
  ],
};

const say = (what: Definition, language: Language) =>
  sentenceOf(what, { catalog, language, t: i18next.t, palette });

beforeAll(() => loadTexts("areas/automation", "builders/steps"));

test("a rule is told in Chinese: when, under which condition, what it does", async () => {
  await setLanguage("zh-CN");
  expect(say(definition, "zh-CN")).toBe(
    "当商机的金额变更，且金额 大于 ¥1,000,000 时：更新记录（阶段 = 赢单、名称 = “大单 [金额]”），等待（2 个工作日）。",
  );
});

test("the same rule in English", async () => {
  await setLanguage("en");
  expect(say(definition, "en")).toBe(
    "When Amount of Opportunity is changed and Amount greater than ¥1,000,000: " +
      "Update record (Stage = Won, Name = “大单 [Amount]”); Wait (2 working days).",
  );
  await setLanguage("zh-CN");
});

test("a trigger without words of its own is told by its label and settings; an empty flow says that it is", () => {
  const other = { id: "t1", kind: "schedule", settings: { time: { amount: 3, unit: "hours" } } };
  expect(say({ ...definition, triggers: [other], start: null, nodes: [] }, "zh-CN")).toBe(
    "当到点（3 小时）时：……。",
  );
  expect(say({ object: null, triggers: [], start: null, nodes: [] }, "zh-CN")).toBe("当……时：……。");
});

test("assigning says which skills, from where, who is passed over and how many one may have", async () => {
  const node = {
    id: "n1",
    kind: "assign",
    settings: { skills: ["英语", "德语"], skill_field: "stage", present: true, most: 5 },
    next: {},
  };
  const flow = { ...definition, triggers: [], start: "n1", nodes: [node] };
  expect(say(flow, "zh-CN")).toBe(
    "当……时：分配（需要的技能 英语、德语、需要的技能取自字段 阶段、跳过由他人代理的人、每人最多 5）。",
  );
  await setLanguage("en");
  expect(say(flow, "en")).toContain(
    "Assign (Skills needed 英语, 德语, Skills needed, from a field Stage, Pass over who is stood in for, At most each 5)",
  );
  await setLanguage("zh-CN");
});

test("a role is told by its name, and a length of time by what it is the length of", () => {
  const people = [{ kind: "role", role: "manager" }, { kind: "owner" }];
  const node = { id: "n1", kind: "task", settings: { people, due: { amount: 1, unit: "days" } }, next: {} };
  const flow = { ...definition, triggers: [], start: "n1", nodes: [node] };
  const titles = new Map([[roleTitle("manager"), "销售经理"]]);
  expect(sentenceOf(flow, { catalog, language: "zh-CN", t: i18next.t, palette, titles })).toBe(
    "当……时：创建任务（销售经理、记录负责人、期限 1 天）。",
  );
});
