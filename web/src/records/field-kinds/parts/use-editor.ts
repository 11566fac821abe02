/** Keys of an editor that commits by itself: Enter and Tab commit and move, Escape reverts, leaving commits. */
import { type FocusEvent, type KeyboardEvent, useRef } from "react";
import type { CommitMove } from "../types";

interface Editor<V> {
  onCommit?: ((value: V | null, move: CommitMove) => void) | undefined;
  onCancel?: (() => void) | undefined;
  /** Enter writes a line break; Ctrl/⌘ Enter commits. */
  multiline?: boolean;
}

/** True while an input method is composing: its Enter and Escape are not ours. */
function isComposing(event: KeyboardEvent): boolean {
  return event.nativeEvent.isComposing || event.keyCode === 229;
}

/** True while a list or calendar over the target is open: Escape closes that and nothing around it. */
export function closesOwnDropdown(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && target.getAttribute("data-mantine-stop-propagation") === "true";
}

/**
 * Handlers for the outermost element of an editor. `read` returns the value to commit.
 * Commits at most once, so that Enter followed by the blur it causes saves one time.
 */
export function useEditor<V>({ onCommit, onCancel, multiline }: Editor<V>, read: () => V | null) {
  const settled = useRef(false);
  const finish = (move: CommitMove, value = read()) => {
    if (settled.current || !onCommit) return;
    settled.current = true;
    onCommit(value, move);
  };
  /** A pick from a list changes and commits at once. */
  const pick = (value: V | null) => {
    settled.current = false;
    finish("stay", value);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (isComposing(event)) return;
    // A refused save leaves the editor open: typing on makes the next leave commit again.
    settled.current = false;
    if (event.key === "Escape" && onCancel) {
      event.stopPropagation();
      settled.current = true;
      onCancel();
    } else if (!onCommit) {
      return;
    } else if (event.key === "Enter" && (!multiline || event.ctrlKey || event.metaKey)) {
      event.preventDefault();
      event.stopPropagation();
      finish("down");
    } else if (event.key === "Tab") {
      event.preventDefault();
      event.stopPropagation();
      finish(event.shiftKey ? "previous" : "next");
    }
  };
  const onBlur = (event: FocusEvent<HTMLElement>) => {
    if (event.currentTarget.contains(event.relatedTarget)) return;
    finish("stay");
  };
  return { onKeyDown, onBlur, pick };
}
