/** A masked number is told whole only when somebody asks, and hidden again. */
import { screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { afterEach, expect, test, vi } from "vitest";
import * as records from "@/lib/records";
import { renderKind } from "../render-kind";
import { identityNumberKind } from ".";

const MASKED = "3****************1";
const field = {
  key: "number",
  kind: "identity_number",
  label: { "zh-CN": "身份证号", en: "Number" },
  settings: {},
} as const;
const { Display } = identityNumberKind;

afterEach(() => vi.restoreAllMocks());

test("asks for the number of this record and hides it again", async () => {
  const answer = { result: { value: "360426199101010071" }, change_set: null };
  const run = vi.spyOn(records, "runAction").mockResolvedValue(answer);
  renderKind(
    <Display value={MASKED} field={field} language="zh-CN" record={{ id: "r1", rev: 1 }} object="person" />,
  );

  await userEvent.click(screen.getByRole("button", { name: "查看完整号码（会留下记录）" }));

  expect(await screen.findByText("360426199101010071")).toBeInTheDocument();
  expect(run).toHaveBeenCalledWith("records/reveal-value", {
    object: "person",
    record: "r1",
    field: "number",
  });
  await userEvent.click(screen.getByRole("button", { name: "隐藏" }));
  expect(screen.getByText(MASKED)).toBeInTheDocument();
});

test.each([
  ["in a cell", { linked: false, record: { id: "r1", rev: 1 }, object: "person" }],
  [
    "to whoever may not edit",
    { record: { id: "r1", rev: 1, _rights: { edit: false, delete: false } }, object: "person" },
  ],
  ["without a record", {}],
])("offers nothing %s", (_, props) => {
  renderKind(<Display value={MASKED} field={field} language="zh-CN" {...props} />);

  expect(screen.queryByRole("button")).not.toBeInTheDocument();
});
