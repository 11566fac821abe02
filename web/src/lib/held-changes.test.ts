import { HttpResponse, http } from "msw";
import { setupServer } from "msw/node";
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { HeldError, isSubmitted, useHeldChange } from "./held-changes";
import { deleteRecord, updateRecord } from "./records";

const server = setupServer();
beforeAll(() => server.listen());
afterEach(() => server.resetHandlers());
afterAll(() => server.close());

const refuse = (code: string) =>
  HttpResponse.json(
    { status: 409, code, detail: "先审批", params: { flow: "f1", name: "大额审批" } },
    { status: 409 },
  );

async function asked() {
  await expect.poll(() => useHeldChange.getState().asked).not.toBeNull();
  const change = useHeldChange.getState().asked;
  if (!change) throw new Error("nobody was asked");
  return change;
}

test("a write that has to be approved first asks whether to submit it, with what was to be written", async () => {
  server.use(http.patch("*/records/company/c1", () => refuse("approvals.needed")));
  const outcome = updateRecord("company", "c1", { level: "A" }, 3).catch((error: unknown) => error);
  const change = await asked();
  expect(change).toMatchObject({
    flow: "f1",
    name: "大额审批",
    op: "update",
    object: "company",
    record: "c1",
    values: { level: "A" },
  });
  change.settle(true);
  const error = await outcome;
  expect(isSubmitted(error)).toBe(true);
  expect(useHeldChange.getState().asked).toBeNull();
});

test("who gives up has submitted nothing, and the sentence is still told", async () => {
  server.use(http.delete("*/records/company/c1", () => refuse("approvals.needed")));
  const outcome = deleteRecord("company", "c1").catch((error: unknown) => error);
  (await asked()).settle(false);
  const error = (await outcome) as HeldError;
  expect(error).toBeInstanceOf(HeldError);
  expect([isSubmitted(error), error.message]).toEqual([false, "先审批"]);
});

test("other refusals ask nothing", async () => {
  server.use(http.patch("*/records/company/c1", () => refuse("approvals.being_decided")));
  const error = await updateRecord("company", "c1", { level: "A" }).catch((refused: unknown) => refused);
  expect(error).toMatchObject({ code: "approvals.being_decided" });
  expect(error).not.toBeInstanceOf(HeldError);
  expect(useHeldChange.getState().asked).toBeNull();
});
