/** A menu that opens as soon as it is there, and like any other one from then on. */
import { Menu } from "@mantine/core";
import { cloneElement, type ReactNode, useEffect, useRef, useState } from "react";
import type { DemandedMenu } from "./menu-on-demand";

export function OpenedMenu({ children, items, ...menu }: DemandedMenu & { items: ReactNode }) {
  const [opened, setOpened] = useState(false);
  const button = useRef<HTMLElement>(null);
  useEffect(() => {
    // This button took the place of the one that was pressed, and gets the focus back when the menu closes.
    button.current?.focus({ preventScroll: true });
    setOpened(true);
  }, []);
  return (
    <Menu {...menu} opened={opened} onChange={setOpened}>
      <Menu.Target>{cloneElement(children, { ref: button })}</Menu.Target>
      <Menu.Dropdown>{items}</Menu.Dropdown>
    </Menu>
  );
}
