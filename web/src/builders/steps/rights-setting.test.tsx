import { screen, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { useState } from "react";
import { beforeAll, expect, it, vi } from "vitest";
import type { CatalogObject, KindSetting } from "@/api/types";
import * as catalog from "@/lib/catalog";
import { loadTexts } from "@/lib/i18n";
import { renderApp } from "@/test/render";
import { RightsSetting } from "./rights-setting";

const SETTING = {
  name: "rights",
  type: "values",
  label: { "zh-CN": "字段权限", en: "Rights on fields" },
  help: {},
  required: false,
} as KindSetting;
const field = (key: string, name: string, more = {}) => ({
  key,
  kind: "text",
  trait: "plain",
  label: { "zh-CN": name, en: key },
  settings: {},
  ...more,
});
const OBJECT = {
  key: "opportunity",
  label: { "zh-CN": "商机", en: "Opportunity" },
  fields: [field("name", "名称"), field("amount", "金额"), field("number", "编号", { read_only: true })],
} as unknown as CatalogObject;

let stored: unknown;

function Held() {
  const [value, setValue] = useState<unknown>({ amount: "edit", gone: "hidden" });
  return (
    <RightsSetting
      kind={{ key: "approval.approve" }}
      object={{ key: "opportunity" }}
      field={null}
      settings={{}}
      problems={{}}
      problem={undefined}
      setting={SETTING}
      value={value}
      onChange={() => undefined}
      set={(next) => {
        stored = next;
        setValue(next ?? undefined);
      }}
    />
  );
}

beforeAll(() => loadTexts("builders"));

it("sets what a field is at a step, in words, and keeps it as it always was", async () => {
  vi.spyOn(catalog, "useObject").mockReturnValue(OBJECT);
  renderApp(<Held />);
  expect(await screen.findByText("隐藏 1 个字段，可编辑 1 个，其余只读。")).toBeInTheDocument();
  const right = (name: string) => screen.getByRole("radiogroup", { name: `${name}的权限` });
  expect(within(right("金额")).getByRole("radio", { name: "可编辑" })).toBeChecked();
  expect(within(right("编号")).getByRole("radio", { name: "可编辑" })).toBeDisabled();

  await userEvent.click(within(right("名称")).getByRole("radio", { name: "隐藏" }));
  expect(stored).toEqual({ name: "hidden", amount: "edit", gone: "hidden" });
  await userEvent.click(within(right("金额")).getByRole("radio", { name: "只读" }));
  await userEvent.click(screen.getByRole("button", { name: "移除：gone" }));
  expect(stored).toEqual({ name: "hidden" });

  await userEvent.type(screen.getByRole("textbox", { name: "搜索字段" }), "金");
  expect(screen.queryByText("名称")).not.toBeInTheDocument();
  expect(screen.getByText("金额")).toBeInTheDocument();
});
