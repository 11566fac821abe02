/** The bell: how many notifications are unread, and the latest of them; what arrives shows at once. */
import { Popover, UnstyledButton } from "@mantine/core";
import { useMediaQuery } from "@mantine/hooks";
import { useInfiniteQuery } from "@tanstack/react-query";
import { Bell as BellIcon } from "lucide-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { NotificationList } from "./notification-list";
import classes from "./notifications.module.css";
import { notificationsQuery } from "./requests";

const MOST_SHOWN = 99;

export function Bell({ rail }: { rail: boolean }) {
  const { t } = useTranslation();
  const phone = useMediaQuery("(max-width: 48em)", undefined, { getInitialValueInEffect: false });
  const [opened, setOpened] = useState(false);
  const unread = useInfiniteQuery(notificationsQuery(false)).data?.pages[0]?.unread ?? 0;
  const shown = unread > MOST_SHOWN ? `${MOST_SHOWN}+` : unread;
  return (
    <Popover
      opened={opened}
      onChange={setOpened}
      position={phone ? "bottom-start" : "right-start"}
      width={phone ? "calc(100vw - 16px)" : 400}
      shadow="lg"
      trapFocus
      withinPortal
    >
      <Popover.Target>
        <UnstyledButton
          className={classes.bell}
          data-rail={rail || undefined}
          aria-label={
            unread > 0 ? t("notifications.unread_count", { count: unread }) : t("notifications.title")
          }
          onClick={() => setOpened((now) => !now)}
        >
          <BellIcon size={16} strokeWidth={1.75} aria-hidden />
          {!rail && <span className={classes.bellText}>{t("notifications.title")}</span>}
          {unread > 0 && <span className={classes.badge}>{shown}</span>}
        </UnstyledButton>
      </Popover.Target>
      <Popover.Dropdown p={0}>
        {opened && <NotificationList unread={unread} onClose={() => setOpened(false)} />}
      </Popover.Dropdown>
    </Popover>
  );
}
