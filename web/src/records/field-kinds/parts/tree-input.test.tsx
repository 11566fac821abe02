/** Choosing a node level by level, and by its name. */
import { screen, waitFor } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { afterEach, beforeAll, beforeEach, expect, test, vi } from "vitest";
import type { TreeNode } from "@/api/types";
import { regionKind } from "../region";
import { ControlledInput, renderKind } from "../render-kind";

const node = (code: string, name: string, full: string, path: string[], leaf = false): TreeNode => ({
  code,
  name,
  full_name: full,
  leaf,
  path,
});
const guangdong = node("44", "广东省", "广东省", ["44"]);
const shenzhen = node("4403", "深圳市", "广东省深圳市", ["44", "4403"]);
const nanshan = node("440305", "南山区", "广东省深圳市南山区", ["44", "4403", "440305"], true);
const ANSWERS: Record<string, TreeNode[]> = {
  "under=": [guangdong],
  "under=44": [shenzhen],
  "under=4403": [nanshan],
  "code=44": [guangdong],
  "code=4403": [shenzhen],
  "code=440305": [nanshan],
  "text=%E5%8D%97%E5%B1%B1": [nanshan],
};
const field = {
  key: "region",
  kind: "region",
  label: { "zh-CN": "地区", en: "Region" },
  settings: { level: "area" },
} as const;

beforeAll(() => import("./tree-input"));
beforeEach(() => {
  vi.spyOn(globalThis, "fetch").mockImplementation(async (asked) => {
    const [, question = ""] = String(asked instanceof Request ? asked.url : asked).split("?");
    const [first = "", second = ""] = question.split("&");
    return Response.json({ nodes: ANSWERS[first.startsWith("depth") ? second : first] ?? [] });
  });
});
afterEach(() => vi.restoreAllMocks());

async function pick(level: string, option: string) {
  await userEvent.click(await screen.findByRole("combobox", { name: `示例 ${level}` }));
  await userEvent.click(await screen.findByRole("option", { name: option }));
}

test("each level offers what lies within the one before", async () => {
  const onChange = vi.fn();
  renderKind(<ControlledInput kind={regionKind} field={field} onChange={onChange} />);

  await pick("省", "广东省");
  await pick("市", "深圳市");
  await pick("区县", "南山区");

  expect(onChange.mock.calls.map(([value]) => value)).toEqual([
    { code: "44", name: "广东省" },
    { code: "4403", name: "广东省深圳市" },
    { code: "440305", name: "广东省深圳市南山区" },
  ]);
  expect(screen.queryByRole("combobox", { name: "示例 街道乡镇" })).not.toBeInTheDocument();
});

test("a part of the name finds it at once", async () => {
  const onChange = vi.fn();
  renderKind(<ControlledInput kind={regionKind} field={field} onChange={onChange} />);

  await userEvent.type(await screen.findByRole("combobox", { name: "示例" }), "南山");
  await userEvent.click(await screen.findByRole("option", { name: "广东省深圳市南山区" }));

  await waitFor(() => expect(onChange).toHaveBeenCalledWith({ code: "440305", name: "广东省深圳市南山区" }));
});
