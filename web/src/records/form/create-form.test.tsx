/** The create dialog: what it asks for, what it refuses, what it keeps. */
import { QueryClient } from "@tanstack/react-query";
import { act, screen, waitFor } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import type { CatalogObject, Field } from "@/api/types";
import { ApiError } from "@/lib/api";
import * as records from "@/lib/records";
import { renderApp } from "@/test/render";
import { openCreateDialog, useCreateRequests } from "./create-dialog";
import { CreateDialogs } from "./create-dialogs";

function field(key: string, kind: string, chinese: string, more: Partial<Field> = {}): Field {
  const plain = { required: false, read_only: false, hidden: false, system: false, settings: {} };
  const access = { access: "edit", access_by_type: {} };
  return { id: key, key, kind, label: { "zh-CN": chinese, en: key }, ...plain, ...access, ...more } as Field;
}

const company = {
  key: "company",
  label: { "zh-CN": "公司", en: "Company" },
  plural: { "zh-CN": "公司", en: "Companies" },
  title: "name",
  features: [],
  rights: { create: true },
  layout: { quick: ["name", "mail"], sections: [] },
  layouts: [{ key: null, record_type: null, quick: ["name", "mail"], sections: [], tabs: null }],
  record_types: [],
  reactive: false,
  fields: [
    field("name", "text", "公司名称", { required: true }),
    field("mail", "mail", "邮箱"),
    field("note", "text", "备注"),
    field("number", "auto_number", "编号"),
    field("secret", "text", "内部", { hidden: true }),
  ],
  relations: [],
} as unknown as CatalogObject;

function openDialog(values?: Record<string, unknown>, object = company) {
  const client = new QueryClient();
  client.setQueryData(["catalog", "test"], { version: 1, objects: [object] });
  client.setQueryData(["me", "test"], { member: { id: "m1", name: "王芳" } });
  client.setQueryDefaults(["catalog"], { staleTime: Number.POSITIVE_INFINITY });
  client.setQueryDefaults(["me"], { staleTime: Number.POSITIVE_INFINITY });
  renderApp(<CreateDialogs />, client);
  let answer: ReturnType<typeof openCreateDialog> | undefined;
  act(() => {
    answer = openCreateDialog(object.key, values);
  });
  return answer as ReturnType<typeof openCreateDialog>;
}

const name = () => screen.findByRole("textbox", { name: "公司名称" });
const save = () => userEvent.click(screen.getByRole("button", { name: "保存" }));

beforeEach(() => localStorage.clear());
afterEach(() => {
  useCreateRequests.setState({ requests: [] });
  vi.restoreAllMocks();
});

test("asks for the quick fields first and for all that can be set on demand", async () => {
  void openDialog();
  await name();

  expect(screen.getByRole("textbox", { name: "邮箱" })).toBeInTheDocument();
  expect(screen.queryByRole("textbox", { name: "备注" })).not.toBeInTheDocument();
  await userEvent.click(screen.getByRole("button", { name: "展开全部" }));

  expect(screen.getByRole("textbox", { name: "备注" })).toBeInTheDocument();
  expect(screen.queryByRole("textbox", { name: "内部" })).not.toBeInTheDocument();
  expect(screen.queryByRole("textbox", { name: "编号" })).not.toBeInTheDocument();
});

test("sends nothing while a field is wrong, and says what is wrong at the field", async () => {
  const create = vi.spyOn(records, "createRecord");
  void openDialog();

  await userEvent.type(await screen.findByRole("textbox", { name: "邮箱" }), "wang@");
  await save();

  expect(screen.getByText("请填写公司名称")).toBeInTheDocument();
  expect(screen.getByText("邮箱格式不对，例如 name@example.com")).toBeInTheDocument();
  expect(create).not.toHaveBeenCalled();
});

test("sends what was typed and answers with the new record", async () => {
  const row = { id: "c1", rev: 1, name: "云图" };
  const create = vi.spyOn(records, "createRecord").mockResolvedValue(row);
  const answer = openDialog();

  await userEvent.type(await name(), "云图");
  await save();

  await expect(answer).resolves.toEqual(row);
  expect(create).toHaveBeenCalledWith("company", { name: "云图" });
  await waitFor(() => expect(screen.queryByRole("dialog")).not.toBeInTheDocument());
});

test("a refusal of the server stands at its field, also when the field was not shown", async () => {
  const problem = { field: "note", code: "too_long", message: "备注太长", params: {} };
  vi.spyOn(records, "createRecord").mockRejectedValue(
    new ApiError({ status: 422, code: "request.invalid", message: "部分内容无法保存", fields: [problem] }),
  );
  void openDialog();

  await userEvent.type(await name(), "云图");
  await save();

  expect(await screen.findByText("备注太长")).toBeInTheDocument();
  expect(screen.getByRole("textbox", { name: "备注" })).toBeInTheDocument();
});

test("a half-filled form is not lost: it asks, keeps a draft, and brings it back", async () => {
  const answer = openDialog();
  await userEvent.type(await name(), "云图");

  await userEvent.click(screen.getByRole("button", { name: "关闭" }));
  await userEvent.click(await screen.findByRole("button", { name: "存为草稿" }));
  await expect(answer).resolves.toBeNull();
  act(() => void openCreateDialog("company"));

  expect(await name()).toHaveValue("云图");
  expect(screen.getByText("已恢复上次没有保存的内容")).toBeInTheDocument();
});

test("values given by the caller are sent although nobody touched them", async () => {
  const create = vi.spyOn(records, "createRecord").mockResolvedValue({ id: "c1", rev: 1, name: "云图" });
  void openDialog({ mail: "info@example.com" });

  await userEvent.type(await name(), "云图");
  await save();

  await waitFor(() =>
    expect(create).toHaveBeenCalledWith("company", { mail: "info@example.com", name: "云图" }),
  );
});

const deal = {
  ...company,
  key: "deal",
  reactive: true,
  record_types: ["small", "large"].map((key) => ({
    key,
    label: { "zh-CN": key, en: key },
    description: {},
    color: "blue",
  })),
  layouts: [
    { key: "wide", record_type: "large", quick: ["name", "reason", "share"], sections: [], tabs: null },
    { key: null, record_type: null, quick: ["name", "reason"], sections: [], tabs: null },
  ],
  fields: [
    field("name", "text", "名称", { required: true }),
    field("record_type", "record_type", "记录类型", {
      default: "small",
      settings: { options: ["small", "large"].map((key) => ({ key, label: { "zh-CN": key, en: key } })) },
    }),
    field("reason", "text", "原因"),
    field("share", "formula", "份额", { result: { kind: "text", settings: {} } }),
    field("mail", "mail", "邮箱"),
  ],
} as unknown as CatalogObject;

const NOTHING = {
  visible: {},
  required: {},
  read_only: {},
  options: {},
  computed: {},
  defaults: {},
  errors: [],
};

test("an object without rules never asks what follows from its values", async () => {
  const ask = vi.spyOn(records, "draftOf");
  void openDialog();

  await userEvent.type(await name(), "云图");
  await new Promise((later) => setTimeout(later, 300));

  expect(ask).not.toHaveBeenCalled();
});

test("the type chosen first brings its layout, and its computed fields are shown", async () => {
  vi.spyOn(records, "draftOf").mockResolvedValue({ ...NOTHING, computed: { share: "一半" } });
  void openDialog({}, deal);
  await screen.findByRole("textbox", { name: "名称" });
  expect(screen.queryByText("份额")).not.toBeInTheDocument();

  await userEvent.click(screen.getByRole("radio", { name: "large" }));

  expect(await screen.findByText("一半")).toBeInTheDocument();
});

test("what a rule asks for is marked, and may not be left out", async () => {
  const create = vi.spyOn(records, "createRecord");
  vi.spyOn(records, "draftOf").mockImplementation(async (_object, values) => ({
    ...NOTHING,
    required: { reason: values.name === "丢单" },
  }));
  void openDialog({}, deal);

  await userEvent.type(await screen.findByRole("textbox", { name: "名称" }), "丢单");
  await waitFor(() => expect(screen.getByText("原因").textContent).toContain("*"));
  await save();

  expect(screen.getByText("请填写原因")).toBeInTheDocument();
  expect(create).not.toHaveBeenCalled();
});

test("what has to be approved is told before it is saved", async () => {
  const needed = { field: "", code: "approvals.needed", message: "需要“大单审批”", params: {} };
  vi.spyOn(records, "draftOf").mockImplementation(async (_object, values) => ({
    ...NOTHING,
    errors: values.name === "大单" ? [needed] : [],
  }));
  void openDialog({}, deal);
  const box = await screen.findByRole("textbox", { name: "名称" });
  expect(screen.queryByText("需要“大单审批”")).not.toBeInTheDocument();

  await userEvent.type(box, "大单");

  expect(await screen.findByText("需要“大单审批”")).toBeInTheDocument();
  expect(screen.getByRole("button", { name: "提交审批" })).toBeInTheDocument();
  expect(screen.queryByRole("button", { name: "保存" })).not.toBeInTheDocument();
});

test("what the server would fill in is shown, and not sent", async () => {
  const create = vi.spyOn(records, "createRecord").mockResolvedValue({ id: "d1", rev: 1, name: "云图" });
  vi.spyOn(records, "draftOf").mockResolvedValue({ ...NOTHING, defaults: { reason: "老客户" } });
  void openDialog({}, deal);

  expect(await screen.findByDisplayValue("老客户")).toBeInTheDocument();
  await userEvent.type(screen.getByRole("textbox", { name: "名称" }), "云图");
  await save();

  await waitFor(() => expect(create).toHaveBeenCalledWith("deal", { record_type: "small", name: "云图" }));
});

test("a broken rule is told at its field once that field was touched", async () => {
  const errors = [{ field: "reason", code: "rules.invalid", message: "原因太笼统", params: {} }];
  vi.spyOn(records, "draftOf").mockImplementation(async (_object, values) => ({
    ...NOTHING,
    errors: values.reason === "其他" ? errors : [],
  }));
  void openDialog({}, deal);

  await userEvent.type(await screen.findByRole("textbox", { name: "原因" }), "其他");

  expect(await screen.findByText("原因太笼统")).toBeInTheDocument();
});
