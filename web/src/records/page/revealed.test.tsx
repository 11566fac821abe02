/** A value that a role masks is told only to whoever says why, and hidden again. */
import { QueryClient } from "@tanstack/react-query";
import { screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { afterEach, expect, test, vi } from "vitest";
import type { Field, Me } from "@/api/types";
import { ApiError } from "@/lib/api";
import { meQuery } from "@/lib/me";
import * as records from "@/lib/records";
import { enterWorkspace } from "@/lib/workspace";
import { renderApp } from "@/test/render";
import { Revealed } from "./revealed";

const MASK = "138****5678";
const field = {
  key: "phone",
  kind: "text",
  access: "reveal",
  label: { "zh-CN": "手机", en: "Phone" },
} as Field;

afterEach(() => vi.restoreAllMocks());

function draw(phone = MASK, view_as: Me["view_as"] = null) {
  enterWorkspace("acme");
  const client = new QueryClient();
  client.setQueryDefaults(meQuery().queryKey, { staleTime: Number.POSITIVE_INFINITY });
  client.setQueryData(meQuery().queryKey, { view_as } as Me);
  return renderApp(
    <Revealed object="contact" record={{ id: "r1", rev: 1, phone }} field={field}>
      <span>{phone}</span>
    </Revealed>,
    client,
  );
}

test("with another member's eyes the mask alone is shown", () => {
  draw(MASK, { by: "王总", until: "2026-11-22T10:00:00Z" });

  expect(screen.getByText(MASK)).toBeInTheDocument();
  expect(screen.queryByRole("button")).toBeNull();
});

test("asks for a reason, tells the value, and hides it again", async () => {
  const answer = { result: { value: "138 1234 5678" }, change_set: null };
  const run = vi.spyOn(records, "runAction").mockResolvedValue(answer);
  draw();

  await userEvent.click(screen.getByRole("button", { name: "查看完整内容" }));
  const tell = await screen.findByRole("button", { name: "查看" });
  expect(tell).toBeDisabled();
  await userEvent.type(screen.getByRole("textbox"), "客户要求回电");
  await userEvent.click(tell);

  expect(await screen.findByText("138 1234 5678")).toBeInTheDocument();
  expect(screen.queryByText(MASK)).not.toBeInTheDocument();
  const params = { object: "contact", record: "r1", field: "phone", reason: "客户要求回电" };
  expect(run).toHaveBeenCalledWith("records/reveal-value", params);
  await userEvent.click(screen.getByRole("button", { name: "隐藏" }));
  expect(screen.getByText(MASK)).toBeInTheDocument();
});

test("says the refusal and tells nothing", async () => {
  const refused = new ApiError({ status: 403, code: "records.masked_by_role", message: "不可以" });
  vi.spyOn(records, "runAction").mockRejectedValue(refused);
  draw();

  await userEvent.click(screen.getByRole("button", { name: "查看完整内容" }));
  await userEvent.type(await screen.findByRole("textbox"), "x");
  await userEvent.click(screen.getByRole("button", { name: "查看" }));

  expect(await screen.findByText("不可以")).toBeInTheDocument();
  expect(screen.getByText(MASK)).toBeInTheDocument();
});
