import { expect, test } from "vitest";
import type { Catalog, FlowKinds, FlowRunDetails, FlowStepKind, KindSetting } from "@/api/types";
import type { Definition } from "../model";
import type { Telling } from "../words";
import { differences, merged } from "./compare";
import { runMarks } from "./run-marks";

const t = ((key: string, values?: Record<string, unknown>) =>
  values ? `${key} ${Object.values(values).join("|")}` : key) as unknown as Telling["t"];

const time: KindSetting = {
  name: "time",
  type: "duration",
  label: { "zh-CN": "时长", en: "time" },
  help: {},
  required: true,
  default: null,
  min: null,
  max: null,
  choices: [],
  of: null,
};
const kind = (key: string, ports: string[], settings: KindSetting[] = []): FlowStepKind => ({
  key,
  label: { "zh-CN": key, en: key },
  help: {},
  icon: "box",
  group: "logic",
  about_record: false,
  settings,
  ports,
  waits: false,
  forks: key === "parallel",
  joins: false,
  can_be_skipped: true,
});
const steps = [kind("parallel", ["1", "2"]), kind("wait", ["out"], [time]), kind("stop", [])];
const kinds = new Map(steps.map((one) => [one.key, one]));
const telling: Telling = {
  catalog: { objects: [] } as unknown as Catalog,
  language: "en",
  t,
  palette: { triggers: [], steps } as unknown as FlowKinds,
};

const definition: Definition = {
  object: null,
  triggers: [
    { id: "t1", kind: "button", settings: {} },
    { id: "t2", kind: "schedule", settings: {} },
  ],
  start: "n1",
  nodes: [
    { id: "n1", kind: "parallel", settings: {}, next: { "1": "n2", "2": "n3" } },
    { id: "n2", kind: "wait", settings: { time: { amount: 3, unit: "days" } }, next: { out: "n4" } },
    { id: "n3", kind: "wait", settings: {}, next: { out: "n4" } },
    { id: "n4", kind: "stop", settings: {}, next: {} },
  ],
};

const line = (number: number, node: string, outcome: string, port: string | null = null) => ({
  number,
  node,
  outcome,
  port,
  at: `2026-11-22T10:0${number}:00Z`,
  note: {},
  seen: null,
  error: null,
});

test("a run marks what it did, where it stands and what it never reached, and the ways that it took", () => {
  const run = {
    cause: { trigger: "t2" },
    record_of_steps: [
      line(1, "n1", "fork"),
      line(2, "n2", "wait"),
      line(3, "n2", "woken", "out"),
      line(4, "n3", "failed"),
    ],
    tokens: [
      {
        id: 7,
        node: "n3",
        state: "failed",
        since: "2026-11-22T10:04:00Z",
        wake_at: null,
        attempts: 1,
        error: { code: "x", message: "It did not work." },
      },
    ],
  } as unknown as FlowRunDetails;
  const { marks, taken } = runMarks(run, definition, kinds, t);
  expect([...taken].sort()).toEqual(["n1:1", "n1:2", "n1:error", "n2:out", "t2:start"]);
  expect(marks.get("n2")).toMatchObject({
    hue: "green",
    word: "automation.outcome_woken undefined".replace("undefined", "woken"),
  });
  expect(marks.get("n2")?.says?.[0]).toContain("automation.took_minutes 1");
  expect(marks.get("n3")).toMatchObject({ hue: "red", word: "automation.outcome_failed" });
  expect(marks.get("n3")?.says).toContain("It did not work.");
  expect(marks.get("n4")).toMatchObject({ faded: true });
  expect(marks.get("t1")?.faded).toBe(true);
  expect(marks.has("t2")).toBe(false);
});

test("versions differ in what was added, removed and changed, told in words; places do not count", () => {
  const after: Definition = {
    ...definition,
    nodes: [
      { id: "n1", kind: "parallel", settings: {}, next: { "1": "n2" }, at: { x: 1, y: 2 } },
      { id: "n2", kind: "wait", settings: { time: { amount: 5, unit: "days" } }, next: { out: "n4" } },
      { id: "n4", kind: "stop", settings: {}, next: {}, label: "Enough" },
      { id: "n5", kind: "stop", settings: {}, next: {} },
    ],
  };
  const found = differences(definition, after, kinds, telling);
  expect(found.map(({ id, sort }) => [id, sort])).toEqual([
    ["n1", "changed"],
    ["n2", "changed"],
    ["n4", "changed"],
    ["n5", "added"],
    ["n3", "removed"],
  ]);
  expect(found[1]?.says).toEqual([
    "automation.compare_change 时长|automation.for_days 3|automation.for_days 5",
  ]);
  expect(found[2]?.says).toEqual(["automation.compare_change automation.step_name|stop|Enough"]);
  expect(differences(definition, definition, kinds, telling)).toEqual([]);
  // What was removed is drawn where it was.
  const both = merged(definition, after);
  expect(both.nodes.map(({ id }) => id)).toEqual(["n1", "n2", "n4", "n5", "n3"]);
  expect(both.nodes[0]?.next).toEqual({ "1": "n2", "2": "n3" });
  expect(both.nodes[0]?.at).toBeUndefined();
});
