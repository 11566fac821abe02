import { fireEvent, render, screen } from "@testing-library/react";
import { expect, test, vi } from "vitest";
import { useFirstAction } from "./first-action";

function List({ settled, onPick }: { settled: boolean; onPick: (name: string) => void }) {
  const onKeyDown = useFirstAction(settled);
  return (
    <>
      <input aria-label="search" onKeyDown={onKeyDown} />
      <div className="mantine-Spotlight-actionsList">
        {["华信科技", "华信项目"].map((name) => (
          <button key={name} type="button" data-action onClick={() => onPick(name)}>
            {name}
          </button>
        ))}
      </div>
    </>
  );
}

test("Enter takes the first hit", () => {
  const pick = vi.fn();
  render(<List settled onPick={pick} />);

  fireEvent.keyDown(screen.getByLabelText("search"), { key: "Enter" });

  expect(pick.mock.calls).toEqual([["华信科技"]]);
});

test("Enter waits for the answer to what is typed, and typing on takes it back", () => {
  const pick = vi.fn();
  const { rerender } = render(<List settled={false} onPick={pick} />);
  const box = screen.getByLabelText("search");

  fireEvent.keyDown(box, { key: "Enter" });
  fireEvent.keyDown(box, { key: "x" });
  rerender(<List settled onPick={pick} />);
  expect(pick).not.toHaveBeenCalled();

  rerender(<List settled={false} onPick={pick} />);
  fireEvent.keyDown(box, { key: "Enter" });
  rerender(<List settled onPick={pick} />);
  expect(pick.mock.calls).toEqual([["华信科技"]]);
});
