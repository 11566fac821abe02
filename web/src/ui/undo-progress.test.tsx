/** The toast of a long undo: it follows the job, and says what came of it. */
import { screen, waitFor } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { afterEach, expect, test, vi } from "vitest";
import { renderApp } from "@/test/render";
import UndoProgress from "./undo-progress";

const base = { total: 6000, done: 0, undone: 0, conflicts: 0, error: null, change_set: null };
let attempts = 0;

function shown(...answers: object[]) {
  const onOver = vi.fn();
  const onSkip = vi.fn();
  const fetched = vi
    .spyOn(globalThis, "fetch")
    .mockImplementation(async () =>
      Response.json({ ...base, ...(answers.length > 1 ? answers.shift() : answers[0]) }),
    );
  attempts += 1;
  renderApp(<UndoProgress changeSet="c1" attempt={`a${attempts}`} onOver={onOver} onSkip={onSkip} />);
  return { onOver, onSkip, fetched };
}

afterEach(() => vi.restoreAllMocks());

test("it follows the job until it is over", async () => {
  const { onOver } = shown({ state: "running", done: 4000 }, { state: "done", done: 6000, conflicts: 2 });

  expect(await screen.findByText("正在撤销：4,000 / 6,000")).toBeInTheDocument();
  expect(onOver).not.toHaveBeenCalled();
  await waitFor(() => expect(onOver).toHaveBeenCalledExactlyOnceWith(2), { timeout: 3000 });
});

test("what stands in the way is told, and the others can be taken back", async () => {
  const error = { code: "records.undo_conflicts", message: "有 1 条记录之后又被修改。" };
  const { onOver, onSkip } = shown({ state: "failed", conflicts: 1, error });

  expect(await screen.findByText("有 1 条记录之后又被修改。")).toBeInTheDocument();
  await userEvent.click(screen.getByRole("button", { name: "撤销其余记录" }));

  expect(onSkip).toHaveBeenCalledOnce();
  expect(onOver).not.toHaveBeenCalled();
});

test("a mistake of ours offers nothing to skip", async () => {
  shown({ state: "failed", error: { code: "records.undo_failed", message: "撤销时出错。" } });

  expect(await screen.findByText("撤销时出错。")).toBeInTheDocument();
  expect(screen.queryByRole("button")).not.toBeInTheDocument();
});
