import { screen, waitFor } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { HttpResponse, http } from "msw";
import { setupServer } from "msw/node";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { loadTexts } from "@/lib/i18n";
import { renderApp } from "@/test/render";
import type { Sandbox } from "./requests";
import { SandboxesTab } from "./sandboxes-tab";

const server = setupServer();
let shown: Sandbox[] = [];
let asked: [string, unknown][] = [];

function sandbox(state: Sandbox["state"], more: Partial<Sandbox> = {}): Sandbox {
  return {
    id: "01a20000-0000-7000-8000-000000000001",
    slug: "trial",
    name: "试验",
    data: "masked",
    state,
    done: 0,
    total: 0,
    error: "",
    created_at: "2026-11-22T08:00:00Z",
    ...more,
  };
}

beforeAll(async () => {
  server.listen();
  await loadTexts("builders");
});
beforeEach(() => {
  asked = [];
  server.use(
    http.get("*/api/v1/test/sandboxes", () => HttpResponse.json({ sandboxes: shown, source: null })),
    http.post("*/api/v1/test/actions/sandboxes/:verb", async ({ params, request }) => {
      asked.push([String(params.verb), await request.json()]);
      shown = [sandbox("waiting")];
      return HttpResponse.json({ result: {}, change_set: null });
    }),
  );
});
afterEach(() => server.resetHandlers());
afterAll(() => server.close());

describe("a sandbox", () => {
  it("that failed says why and is tried again", async () => {
    shown = [sandbox("failed", { error: "OSError: no space left" })];
    renderApp(<SandboxesTab onCompare={() => undefined} />);
    expect(await screen.findByText(/no space left/)).toBeInTheDocument();
    expect(screen.queryByRole("link", { name: "打开" })).not.toBeInTheDocument();

    await userEvent.click(screen.getByRole("button", { name: "重试" }));

    expect(await screen.findByText("排队中")).toBeInTheDocument();
    expect(asked).toEqual([["retry-sandbox", { params: { sandbox: shown[0]?.id } }]]);
  });

  it("being made tells how far it is and can be stopped", async () => {
    shown = [sandbox("copying", { done: 1500, total: 6000 })];
    renderApp(<SandboxesTab onCompare={() => undefined} />);
    const bar = await screen.findByRole("progressbar", { name: "“试验”的进度" });
    expect(bar).toHaveAttribute("aria-valuenow", "25");
    expect(screen.getByText("已复制 1,500 / 6,000 条")).toBeInTheDocument();
    expect(screen.queryByRole("button", { name: "删除" })).not.toBeInTheDocument();

    await userEvent.click(screen.getByRole("button", { name: "取消" }));

    await waitFor(() => expect(asked.map(([verb]) => verb)).toEqual(["cancel-sandbox"]));
  });

  it("that is ready is compared", async () => {
    shown = [sandbox("ready")];
    const compared: string[] = [];
    renderApp(<SandboxesTab onCompare={(slug) => compared.push(slug)} />);

    await userEvent.click(await screen.findByRole("button", { name: "查看差异并应用" }));

    expect(compared).toEqual(["trial"]);
    expect(screen.getByRole("link", { name: "打开" })).toHaveAttribute("href", "/w/trial");
  });
});
