/** Who stands in for the reader, asked for in their own settings. */
import { QueryClient } from "@tanstack/react-query";
import { screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { afterEach, expect, test, vi } from "vitest";
import { loadTexts } from "@/lib/i18n";
import * as records from "@/lib/records";
import { renderApp } from "@/test/render";
import { OwnDelegations } from "./own-delegations";

const object = (key: string, rights: object) => ({ key, title: "name", fields: [], layout: {}, rights });

afterEach(() => vi.restoreAllMocks());

function open(rights: object, isAsked: boolean) {
  vi.spyOn(records, "queryRecords").mockResolvedValue({ rows: [], next_cursor: null } as never);
  const client = new QueryClient({ defaultOptions: { queries: { staleTime: Number.POSITIVE_INFINITY } } });
  client.setQueryData(["catalog", "test"], {
    version: 1,
    objects: [object("delegation", rights), object("member", {})],
  });
  client.setQueryData(["me", "test"], {
    member: { id: "m1", name: "王芳" },
    workspace: { time_zone: "Asia/Shanghai" },
  });
  renderApp(<OwnDelegations isAsked={isAsked} />, client);
}

test("everybody who may names who stands in for them", async () => {
  await loadTexts("areas/settings/organisation");
  open({ create: true }, false);
  await userEvent.click(screen.getByRole("button", { name: "设置代理" }));
  expect(await screen.findByRole("dialog", { name: "王芳 的代理人" })).toBeInTheDocument();
});

test("the way from the approvals opens the question at once", async () => {
  await loadTexts("areas/settings/organisation");
  open({ create: true }, true);
  expect(await screen.findByRole("dialog", { name: "王芳 的代理人" })).toBeInTheDocument();
});

test("nothing is offered to who may not", () => {
  open({ create: false }, true);
  expect(screen.queryByRole("button")).not.toBeInTheDocument();
});
