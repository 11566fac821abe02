/** A panel under a button of the toolbar; lists and calendars opened from inside it do not close it. */
import { Popover } from "@mantine/core";
import { type ReactElement, type ReactNode, useRef, useState } from "react";
import { usePressOutside } from "../grid/use-press-outside";

export function ToolPanel({
  label,
  width,
  button,
  opened,
  onOpened,
  children,
}: {
  label: string;
  width: number;
  /** Draws the button; `toggle` opens and closes. */
  button(toggle: () => void, opened: boolean): ReactElement;
  /** Given together when somebody else opens the panel too. */
  opened?: boolean;
  onOpened?: (opened: boolean) => void;
  children: ReactNode;
}) {
  const [own, setOwn] = useState(false);
  const trigger = useRef<HTMLSpanElement>(null);
  const shown = opened ?? own;
  const set = onOpened ?? setOwn;
  usePressOutside(
    shown,
    () => trigger.current,
    () => set(false),
  );
  return (
    <Popover
      opened={shown}
      onChange={set}
      position="bottom-start"
      shadow="md"
      width={width}
      trapFocus
      withinPortal
      closeOnClickOutside={false}
      withRoles={false}
    >
      <Popover.Target>
        <span ref={trigger}>{button(() => set(!shown), shown)}</span>
      </Popover.Target>
      <Popover.Dropdown role="dialog" aria-label={label} maw="calc(100vw - 24px)">
        {shown && children}
      </Popover.Dropdown>
    </Popover>
  );
}
