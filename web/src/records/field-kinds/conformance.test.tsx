/** Every registered kind passes the same suite: a kind without its parts fails here. */
import { screen } from "@testing-library/react";
import { Suspense } from "react";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from "vitest";
import type { Language } from "@/api/types";
import { setLanguage } from "@/lib/i18n";
import { fieldKind, fieldKinds } from ".";
import { problemOf } from "./problem";
import { ControlledInput, renderKind } from "./render-kind";
import { kindSamples } from "./samples";

const TRAITS: Record<string, string> = {
  text: "text",
  long_text: "text",
  rich_text: "text",
  integer: "number",
  decimal: "number",
  money: "number",
  percent: "number",
  boolean: "boolean",
  date: "date",
  datetime: "datetime",
  choice: "choice",
  multi_choice: "choices",
  record_type: "choice",
  mail: "text",
  phone: "text",
  url: "text",
  address: "text",
  person: "ref",
  lookup: "ref",
  many_to_many: "refs",
  about: "about",
  tags: "tags",
  file: "file",
  auto_number: "text",
  json: "json",
  formula: "number",
  lookup_value: "text",
  roll_up: "number",
  last_activity: "datetime",
  duration: "number",
  time: "time",
  rating: "number",
  progress: "number",
  color: "text",
  region: "tree",
  industry: "tree",
  credit_code: "text",
  identity_number: "secret",
  url_list: "list",
  phones: "list",
  mails: "list",
  geo_point: "geo",
  barcode: "text",
  image: "file",
  signature: "file",
  button: "none",
  sub_table: "rows",
};

test("the registry holds exactly the kinds of the product, with their traits", () => {
  const registered = Object.fromEntries(fieldKinds().map((kind) => [kind.kind, kind.trait]));

  expect(registered).toEqual(TRAITS);
});

test("an unknown kind is shown as JSON and never edited", () => {
  const kind = fieldKind("hologram");

  expect(
    kind.toText({ a: 1 }, { key: "x", kind: "json", label: { "zh-CN": "", en: "" }, settings: {} }, "en"),
  ).toBe('{"a":1}');
  expect(kind.editableInCell).toBe(false);
});

describe.each(
  fieldKinds()
    .filter((kind) => !kind.standsAlone)
    .map((kind) => [kind.kind, kind] as const),
)("%s", (name, kind) => {
  const sample = kindSamples[name];
  if (!sample) throw new Error(`no sample for ${name}`);
  const { field, value, text } = sample;

  afterEach(() => vi.restoreAllMocks());

  test("null, undefined and nothing else of the sample are empty", () => {
    expect(kind.isEmpty(null)).toBe(true);
    expect(kind.isEmpty(undefined)).toBe(true);
    expect(kind.isEmpty(value)).toBe(false);
    expect(kind.toText(null, field, "zh-CN")).toBe("");
  });

  test.each<Language>(["zh-CN", "en"])("is written in words and shown in %s", async (language) => {
    await setLanguage(language);

    renderKind(<kind.Display value={value} field={field} language={language} />);

    expect(kind.toText(value, field, language)).toBe(text[language]);
    expect(await screen.findByTestId("kind")).toHaveTextContent(sample.shown?.[language] ?? text[language]);
    await setLanguage("zh-CN");
  });

  test.each([
    [true, true],
    [false, false],
  ])("draws without failing when inline is %s and linked is %s, also for null", (inline, linked) => {
    renderKind(
      <Suspense>
        <kind.Display value={value} field={field} language="zh-CN" inline={inline} linked={linked} />
        <kind.Display value={null} field={field} language="zh-CN" inline={inline} linked={linked} />
      </Suspense>,
    );

    expect(screen.queryAllByRole("link").length > 0 && !linked).toBe(false);
  });

  test("reads its own words back", () => {
    if (!kind.fromText) return;

    expect(kind.fromText(text["zh-CN"], field, "zh-CN")).toEqual("pasted" in sample ? sample.pasted : value);
    expect(kind.fromText("", field, "zh-CN")).toBeNull();
  });

  test("finds no problem with the sample and asks for a required value", () => {
    expect(problemOf(field, value)).toBeNull();
    expect(problemOf({ ...field, required: true }, null)).toBe("请填写示例");
  });

  test("refuses each bad sample in words", () => {
    for (const [bad, sentence] of sample.refused ?? []) expect(problemOf(field, bad)).toBe(sentence);
  });

  test("its editor shows the value, has a name, and says what is wrong", async () => {
    const onChange = vi.fn();

    renderKind(
      <kind.Input
        value={value}
        field={field}
        onChange={onChange}
        aria-label="示例"
        error="写错了"
        object="opportunity"
      />,
    );

    expect(await screen.findByTestId("kind")).toBeInTheDocument();
    expect((await screen.findAllByLabelText(/示例/)).length).toBeGreaterThan(0);
    if (name !== "auto_number") expect(screen.getByText("写错了")).toBeInTheDocument();
    expect(onChange).not.toHaveBeenCalled();
  });

  test("its editor turns what a person does into the kind's value", async () => {
    if (!sample.edit) return;
    const onChange = vi.fn();
    renderKind(<ControlledInput kind={kind} field={field} onChange={onChange} />);

    await sample.edit();

    expect(onChange).toHaveBeenLastCalledWith(sample.edited ?? value);
  });

  test("its cell editor reverts on Escape", async () => {
    if (!sample.typesInCell) return;
    const onCancel = vi.fn();
    const onCommit = vi.fn();
    renderKind(
      <kind.Input
        value={value}
        field={field}
        onChange={() => {}}
        onCommit={onCommit}
        onCancel={onCancel}
        compact
        autoFocus
        aria-label="示例"
      />,
    );

    await sample.typesInCell("{Escape}");

    expect(onCancel).toHaveBeenCalledTimes(1);
    expect(onCommit).not.toHaveBeenCalled();
  });
});

beforeAll(async () => {
  await setLanguage("zh-CN");
  // Parts that are loaded when they are first drawn are there before the clock runs.
  await Promise.all([
    import("./parts/labelled-input"),
    import("./parts/tree-input"),
    import("./rating/input"),
    import("./signature/input"),
  ]);
});
beforeEach(() => {
  vi.spyOn(globalThis, "fetch").mockImplementation(async () =>
    Response.json({ rows: [], next_cursor: null }),
  );
});
afterAll(() => setLanguage("zh-CN"));
