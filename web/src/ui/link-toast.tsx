/** The toast after something was made: what, and the way to it. */
import { Anchor } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import i18next from "i18next";

const SHOWN_MS = 8_000;

/** `open` leads to what was made, within the client. */
export function toastMade(message: string, href: string, open: () => void): void {
  const id = `made-${href}`;
  notifications.show({
    id,
    color: "green",
    autoClose: SHOWN_MS,
    message: (
      <div style={{ display: "flex", alignItems: "center", gap: 12 }}>
        <span style={{ flex: 1 }}>{message}</span>
        <Anchor
          href={href}
          size="sm"
          onClick={(event) => {
            if (event.ctrlKey || event.metaKey || event.shiftKey) return;
            event.preventDefault();
            notifications.hide(id);
            open();
          }}
        >
          {i18next.t("ui.open")}
        </Anchor>
      </div>
    ),
  });
}
