/** The second pane of the application: slides in at the right, keeps the page usable behind it. */
import { CloseButton, Drawer } from "@mantine/core";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import classes from "./side-panel.module.css";

export function SidePanel({
  opened,
  onClose,
  title,
  actions,
  width = 560,
  children,
}: {
  opened: boolean;
  onClose: () => void;
  title: ReactNode;
  /** Buttons between the title and the close button. */
  actions?: ReactNode;
  width?: number;
  children: ReactNode;
}) {
  const { t } = useTranslation();
  return (
    <Drawer.Root
      opened={opened}
      onClose={onClose}
      position="right"
      size={width}
      lockScroll={false}
      trapFocus={false}
    >
      <Drawer.Content className={classes.panel}>
        <div className={classes.head}>
          <Drawer.Title className={classes.title}>{title}</Drawer.Title>
          {actions}
          <CloseButton onClick={onClose} aria-label={t("ui.close")} />
        </div>
        <div className={classes.body}>{children}</div>
      </Drawer.Content>
    </Drawer.Root>
  );
}
