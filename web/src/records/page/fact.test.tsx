/** Values edited in place, and the question when somebody else was faster. */
import { act, screen, waitFor } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { useState } from "react";
import { expect, test, vi } from "vitest";
import type { CatalogObject, Field, RecordRow } from "@/api/types";
import { renderApp } from "@/test/render";
import { ConflictDialog } from "./conflict-dialog";
import { Fact, type FactProps } from "./fact";

const field = {
  key: "phone",
  kind: "phone",
  label: { "zh-CN": "电话", en: "Phone" },
  settings: {},
  access: "edit",
  access_by_type: {},
} as unknown as Field;
const record: RecordRow = { id: "c1", rev: 1, phone: "010-60000579" };

function propsWith(overrides: Partial<FactProps>): FactProps {
  const save = vi.fn().mockResolvedValue(true);
  const untouched = { saving: false, fresh: false, refusal: undefined, forget: () => {} };
  return { field, object: "company", record, editable: true, save, ...untouched, ...overrides };
}

function renderFact(overrides: Partial<FactProps> = {}) {
  const props = propsWith(overrides);
  renderApp(<Fact {...props} />);
  return props;
}

let arrive: (next: RecordRow) => void = () => {};

/** A value that `arrive` changes from outside. */
function OvertakenFact() {
  const [current, setCurrent] = useState(record);
  arrive = setCurrent;
  return <Fact {...propsWith({ record: current })} />;
}

const open = () => userEvent.click(screen.getByRole("button", { name: "编辑电话" }));
const box = () => screen.getByRole("textbox", { name: "电话" });

test("Enter saves the new value together with what the person had seen", async () => {
  const { save } = renderFact();

  await open();
  await userEvent.clear(box());
  await userEvent.type(box(), "13800138000{Enter}");

  expect(save).toHaveBeenCalledTimes(1);
  expect(save).toHaveBeenCalledWith({ phone: "13800138000" }, { phone: "010-60000579" });
});

test("Escape reverts without saving", async () => {
  const { save } = renderFact();

  await open();
  await userEvent.type(box(), "9{Escape}");

  expect(screen.queryByRole("textbox")).not.toBeInTheDocument();
  expect(screen.getByText("010-60000579")).toBeInTheDocument();
  expect(save).not.toHaveBeenCalled();
});

test("a bad value is refused in words and stays in the box", async () => {
  const { save } = renderFact();

  await open();
  await userEvent.clear(box());
  await userEvent.type(box(), "打我{Enter}");

  expect(screen.getByText("电话格式不对，例如 13800138000 或 0571-88886666")).toBeInTheDocument();
  expect(save).not.toHaveBeenCalled();
});

test("a refusal of the server is shown at the value with what was typed", () => {
  renderFact({ refusal: { value: "12345", sentence: "这个号码已被占用" } });

  expect(screen.getByText("这个号码已被占用")).toBeInTheDocument();
  expect(box()).toHaveValue("12345");
});

test("while editing, a change by somebody else is told", async () => {
  renderApp(<OvertakenFact />);
  await open();

  act(() => arrive({ ...record, rev: 2, phone: "021-60000000" }));

  expect(await screen.findByText("有人刚改为：021-60000000")).toBeInTheDocument();
});

test("without the right to edit there is no way into the editor", () => {
  renderFact({ editable: false });

  expect(screen.queryByRole("button")).not.toBeInTheDocument();
});

test("a conflict shows both versions and lets the person choose", async () => {
  const onSettle = vi.fn();
  const object = { key: "company", fields: [field] } as unknown as CatalogObject;
  const theirs = { ...record, rev: 2, phone: "021-60000000", updated_by: { id: "m2", title: "李雷" } };

  renderApp(
    <ConflictDialog
      object={object}
      conflict={{ theirs, mine: { phone: "010-11112222" }, fields: ["phone"] }}
      onSettle={onSettle}
    />,
  );
  await waitFor(() => expect(screen.getByRole("cell", { name: "021-60000000" })).toBeInTheDocument());
  expect(screen.getByRole("cell", { name: "010-11112222" })).toBeInTheDocument();
  expect(screen.getByText(/李雷/)).toBeInTheDocument();
  await userEvent.click(screen.getByRole("button", { name: "用我的覆盖" }));

  expect(onSettle).toHaveBeenCalledWith(true);
});

test("on a record of a type that masks the field, the mask stands and nobody edits it", () => {
  const masked = { ...field, access_by_type: { partner: "masked" as const } };

  renderFact({ field: masked, record: { ...record, record_type: "partner", phone: "139****4321" } });

  expect(screen.getByText("139****4321")).toBeInTheDocument();
  expect(screen.queryByRole("link")).not.toBeInTheDocument();
  expect(screen.queryByRole("button", { name: "编辑电话" })).not.toBeInTheDocument();
});

test("on a record of another type the value stands and can be edited", () => {
  const masked = { ...field, access_by_type: { partner: "masked" as const } };

  renderFact({ field: masked, record: { ...record, record_type: "direct" } });

  expect(screen.getByText("010-60000579")).toBeInTheDocument();
  expect(screen.getByRole("button", { name: "编辑电话" })).toBeInTheDocument();
});

test("a masked amount is told as the mask it is", () => {
  const amount = {
    ...field,
    key: "amount",
    kind: "money",
    access_by_type: { partner: "reveal" as const },
  } as Field;

  renderFact({ field: amount, record: { ...record, record_type: "partner", amount: "••••" } });

  expect(screen.getByText("••••")).toBeInTheDocument();
});
