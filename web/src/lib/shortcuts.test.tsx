import { fireEvent, render, screen } from "@testing-library/react";
import { expect, test, vi } from "vitest";
import { type Shortcuts, useShortcuts } from "./shortcuts";

function Page({ shortcuts }: { shortcuts: Shortcuts }) {
  useShortcuts(shortcuts);
  return <input aria-label="name" />;
}

const press = (key: string, init: KeyboardEventInit = {}, target: Element = document.body) =>
  fireEvent.keyDown(target, { key, ...init });

test("runs single keys, chords and two keys in a row", () => {
  const create = vi.fn();
  const palette = vi.fn();
  const go = vi.fn();
  render(<Page shortcuts={{ c: create, "mod+k": palette, "g c": go }} />);

  press("c");
  press("k", { ctrlKey: true });
  press("g");
  press("c");

  expect(create).toHaveBeenCalledTimes(1);
  expect(palette).toHaveBeenCalledTimes(1);
  expect(go).toHaveBeenCalledTimes(1);
});

test("is silent while somebody types or composes, except for chords", () => {
  const create = vi.fn();
  const palette = vi.fn();
  render(<Page shortcuts={{ c: create, "mod+k": palette }} />);
  const input = screen.getByLabelText("name");

  press("c", {}, input);
  press("c", { isComposing: true });
  press("k", { ctrlKey: true }, input);

  expect(create).not.toHaveBeenCalled();
  expect(palette).toHaveBeenCalledTimes(1);
});
