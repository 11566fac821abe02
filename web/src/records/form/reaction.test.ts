/** What the server's answer about a draft makes of a form. */
import { expect, test } from "vitest";
import type { DraftState } from "@/api/types";
import { sampleField } from "../query/sample-catalog";
import { reacted, reactedSections, toldProblems } from "./reaction";

function answer(more: Partial<DraftState> = {}): DraftState {
  return {
    visible: {},
    required: {},
    read_only: {},
    options: {},
    computed: {},
    defaults: {},
    errors: [],
    ...more,
  };
}

const option = (key: string) => ({ key, label: { "zh-CN": key, en: key } });
const reason = sampleField("reason", "choice", { settings: { options: [option("price"), option("time")] } });
const problem = (field: string, code: string, message = code) => ({ field, code, message, params: {} });

test("a field that no rule names stays the very same", () => {
  expect(reacted(reason, answer({ required: { other: true } }))).toBe(reason);
  expect(reacted(reason, null)).toBe(reason);
});

test("rules ask for a field, fix it, and leave it some of its options", () => {
  const state = answer({
    required: { reason: true },
    read_only: { reason: true },
    options: { reason: ["time"] },
  });

  const field = reacted(reason, state);

  expect(field.required).toBe(true);
  expect(field.read_only).toBe(true);
  expect(field.settings.options?.map(({ key }) => key)).toEqual(["time"]);
});

test("a rule does not take away what the field asks for by itself", () => {
  expect(reacted({ ...reason, required: true }, answer({ required: { reason: false } })).required).toBe(true);
});

test("references are told which records are left", () => {
  const pipeline = sampleField("pipeline", "lookup");

  expect(reacted(pipeline, answer({ options: { pipeline: ["p1"] } }))).toMatchObject({ only: ["p1"] });
});

test("hidden fields leave their section, and a section without fields is gone", () => {
  const sections = [
    { label: null, fields: [reason] },
    { label: null, fields: [sampleField("name", "text")] },
  ];

  const shown = reactedSections(sections, answer({ visible: { reason: false } }));

  expect(shown.map(({ fields }) => fields.map(({ key }) => key))).toEqual([["name"]]);
});

test("while typing, only what was touched is held against anybody, and nothing for being empty", () => {
  const state = answer({
    errors: [
      problem("name", "fields.required"),
      problem("reason", "rules.invalid"),
      problem("end", "rules.invalid"),
      problem("", "rules.invalid"),
    ],
  });

  expect(toldProblems(state, (key) => key !== "end", false)).toEqual({ reason: "rules.invalid" });
});

test("once asked to save, everything is told, of each field what was found first", () => {
  const state = answer({
    errors: [problem("end", "rules.invalid", "first"), problem("end", "types.option", "second")],
  });

  expect(toldProblems(state, () => false, true)).toEqual({ end: "first" });
});

test("that something is missing is said by the form, which names it; what a rule asks for by the rule", () => {
  const state = answer({
    errors: [
      problem("name", "fields.required"),
      problem("end", "rules.required"),
      problem("city", "fields.required"),
    ],
  });

  expect(toldProblems(state, () => true, true, { name: "Fill in the name", end: "Fill in the end" })).toEqual(
    {
      end: "rules.required",
      city: "fields.required",
    },
  );
});
