import { QueryClient } from "@tanstack/react-query";
import { screen, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { Suspense, useState } from "react";
import { beforeAll, expect, test, vi } from "vitest";
import type { Catalog } from "@/api/types";
import { catalogQuery } from "@/lib/catalog";
import { loadTexts } from "@/lib/i18n";
import { sampleCatalog } from "@/records/query/sample-catalog";
import { renderApp } from "@/test/render";
import { Matrix } from "./matrix";
import type { Permissions } from "./permissions";

beforeAll(() => loadTexts("areas/access/roles"));

const OWNED: Catalog = {
  ...sampleCatalog,
  objects: sampleCatalog.objects.map((object) => ({
    ...object,
    plural: { "zh-CN": object.key, en: object.key },
    features: object.key === "opportunity" ? ["owner"] : [],
  })),
};
const SALES: Permissions = { objects: { "*": { create: true, read: "own", edit: "own" } }, system: [] };

/** The matrix as a page holds it. */
function Held(props: { begin: Permissions; readOnly: boolean; told(next: Permissions): void }) {
  const [now, setNow] = useState(props.begin);
  const change = (next: Permissions) => {
    props.told(next);
    setNow(next);
  };
  return <Matrix permissions={now} readOnly={props.readOnly} onChange={change} onFields={() => {}} />;
}

function shown(permissions: Permissions, readOnly = false) {
  const told = vi.fn();
  const client = new QueryClient();
  client.setQueryData(catalogQuery().queryKey, OWNED);
  renderApp(
    <Suspense>
      <Held begin={permissions} readOnly={readOnly} told={told} />
    </Suspense>,
    client,
  );
  return told;
}

const row = (name: string) =>
  screen.getByRole("rowheader", { name: new RegExp(name) }).closest("tr") as HTMLElement;

test("a cell that is changed gives its object a line of its own, which can be given up again", async () => {
  const told = shown(SALES);
  const person = userEvent.setup();

  await person.click(screen.getByRole("button", { name: "opportunity查看：本人" }));
  await person.click(await screen.findByRole("menuitem", { name: /本部门及下级/ }));

  const own = { create: true, read: "tree", edit: "own" };
  expect(told).toHaveBeenLastCalledWith({ ...SALES, objects: { ...SALES.objects, opportunity: own } });
  expect(screen.getByRole("button", { name: "opportunity查看：本部门及下级" })).toBeVisible();

  await person.click(within(row("opportunity")).getByRole("button", { name: /恢复为与/ }));
  expect(told).toHaveBeenLastCalledWith(SALES);
});

test("a switch says what it does, and is not offered without the reach it rests on", async () => {
  const told = shown({ objects: { "*": { read: "own" } }, system: [] });

  await userEvent
    .setup()
    .click(within(row("opportunity")).getByRole("checkbox", { name: "opportunity导出" }));

  expect(told.mock.calls[0]?.[0].objects.opportunity).toEqual({ read: "own", export: true });
  expect(within(row("opportunity")).queryByRole("checkbox", { name: "opportunity共享" })).toBeNull();
});

test("records that nobody owns are read all or none", async () => {
  shown(SALES);

  await userEvent.setup().click(screen.getByRole("button", { name: "company查看：本人" }));

  expect((await screen.findAllByRole("menuitem")).map((item) => item.textContent)).toEqual([
    "无没有记录",
    "全部所有记录；此对象没有负责人",
    "自定义条件…用筛选条件指定记录",
  ]);
});

test("who may not change roles reads them all the same", () => {
  shown(SALES, true);

  expect(screen.getByRole("button", { name: "opportunity查看：本人" })).toBeDisabled();
  expect(screen.queryByRole("button", { name: /恢复为与/ })).toBeNull();
});
