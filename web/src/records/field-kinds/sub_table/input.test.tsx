/** Lines are edited as a table; what is handed on are changes of lines. */
import { QueryClient } from "@tanstack/react-query";
import { screen, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { useState } from "react";
import { afterEach, beforeAll, expect, test, vi } from "vitest";
import type { CatalogObject } from "@/api/types";
import * as records from "@/lib/records";
import { renderApp } from "@/test/render";
import { subTableKind } from ".";
import type { LineEdit } from "./lines";

const own = (key: string, kind: string, trait: string, name: string) => ({
  id: key,
  key,
  kind,
  trait,
  label: { "zh-CN": name, en: key },
  settings: {},
  required: false,
  read_only: false,
  hidden: false,
  system: false,
});
const line = {
  key: "line",
  label: { "zh-CN": "明细", en: "Line" },
  title: "name",
  fields: [own("name", "text", "text", "名称"), own("amount", "decimal", "number", "金额")],
  relations: [],
} as unknown as CatalogObject;
const field = {
  key: "lines",
  kind: "sub_table",
  label: { "zh-CN": "明细", en: "Lines" },
  settings: { object: "line", field: "offer" },
} as const;
const { Input } = subTableKind;

function Lines({ onChange }: { onChange(value: LineEdit[] | null): void }) {
  const [value, setValue] = useState<LineEdit[] | null>(null);
  const change = (next: LineEdit[] | null) => {
    setValue(next);
    onChange(next);
  };
  return <Input value={value} field={field} record={{ id: "o1" }} onChange={change} aria-label="明细" />;
}

function renderLines(onChange = vi.fn()) {
  vi.spyOn(records, "queryRecords").mockResolvedValue({
    rows: [
      { id: "l1", rev: 4, name: "甲", amount: "1.5" },
      { id: "l2", rev: 1, name: "乙", amount: "2" },
    ],
    next_cursor: null,
  });
  const client = new QueryClient();
  client.setQueryData(["catalog", "test"], { version: 1, objects: [line] });
  client.setQueryDefaults(["catalog"], { staleTime: Number.POSITIVE_INFINITY });
  renderApp(<Lines onChange={onChange} />, client);
  return onChange;
}

beforeAll(() => import("./input"));
afterEach(() => vi.restoreAllMocks());

test("changed, deleted and new lines are told apart, with the revision that was seen", async () => {
  const onChange = renderLines();

  const name = await screen.findByRole("textbox", { name: "明细 1 名称" });
  await userEvent.clear(name);
  await userEvent.type(name, "丙");
  await userEvent.click(screen.getByRole("button", { name: "删除第 2 行" }));
  await userEvent.click(screen.getByRole("button", { name: "添加一行" }));
  await userEvent.type(screen.getByRole("textbox", { name: "明细 2 金额" }), "3");

  expect(onChange).toHaveBeenLastCalledWith([
    { id: "l1", rev: 4, values: { name: "丙" } },
    { id: "l2", rev: 1, delete: true },
    { values: { amount: "3" } },
  ]);
});

test("the total follows what is typed", async () => {
  renderLines();

  const amount = await screen.findByRole("textbox", { name: "明细 2 金额" });
  const total = () => within(screen.getByRole("table")).getByText("合计").closest("tr");
  expect(total()).toHaveTextContent("3.5");
  await userEvent.clear(amount);
  await userEvent.type(amount, "10");

  expect(total()).toHaveTextContent("11.5");
});
