/** The latest notifications: what each says, how long ago, and the way to what it is about. */
import { Button, SegmentedControl } from "@mantine/core";
import { useInfiniteQuery, useQueryClient } from "@tanstack/react-query";
import { useRouter } from "@tanstack/react-router";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { Notification } from "@/api/types";
import { formatDateTime, formatRelative } from "@/lib/format";
import { useOnlyLooks } from "@/lib/rights";
import { currentWorkspace } from "@/lib/workspace";
import { recordHref } from "@/records/lookup/record-link";
import { EmptyState, ErrorState, RowsSkeleton } from "@/ui/states";
import { toastError } from "@/ui/toast";
import classes from "./notifications.module.css";
import { markRead, notificationsQuery } from "./requests";

export function NotificationList({ unread, onClose }: { unread: number; onClose(): void }) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const router = useRouter();
  const looks = useOnlyLooks();
  const [only, setOnly] = useState(false);
  const list = useInfiniteQuery(notificationsQuery(only));
  const items = list.data?.pages.flatMap((page) => page.items) ?? [];
  const mark = (which: Parameters<typeof markRead>[1]) => markRead(client, which).catch(toastError);
  const open = (item: Notification) => {
    if (!item.read_at && !looks) mark({ ids: [item.id] });
    const to = addressOf(item);
    if (!to) return;
    onClose();
    router.history.push(to);
  };
  return (
    <section aria-label={t("notifications.title")}>
      <header className={classes.head}>
        <SegmentedControl
          size="xs"
          aria-label={t("notifications.shown")}
          data={[
            { value: "all", label: t("notifications.all") },
            { value: "unread", label: t("notifications.unread") },
          ]}
          value={only ? "unread" : "all"}
          onChange={(next) => setOnly(next === "unread")}
        />
        <span className={classes.space} />
        {!looks && (
          <Button
            variant="subtle"
            size="compact-sm"
            disabled={unread === 0}
            onClick={() => mark({ all: true })}
          >
            {t("notifications.mark_all")}
          </Button>
        )}
      </header>
      <div className={classes.scroll}>
        {list.isError ? (
          <ErrorState compact error={list.error} onRetry={() => list.refetch()} />
        ) : list.isPending ? (
          <div className={classes.bones}>
            <RowsSkeleton rows={4} height={48} />
          </div>
        ) : items.length === 0 ? (
          <EmptyState compact title={t(only ? "notifications.none_unread" : "notifications.none")} />
        ) : (
          <ul className={classes.list}>
            {items.map((item) => (
              <li key={item.id}>
                <button
                  type="button"
                  className={classes.item}
                  data-unread={!item.read_at || undefined}
                  onClick={() => open(item)}
                >
                  <span className={classes.dot} aria-hidden />
                  <span className={classes.body}>
                    <span className={classes.title}>
                      {item.title}
                      {!item.read_at && (
                        <span className={classes.spoken}>{t("notifications.is_unread")}</span>
                      )}
                    </span>
                    {item.body && <span className={classes.text}>{item.body}</span>}
                    <span className={classes.meta}>
                      {item.record?.title && <span className={classes.record}>{item.record.title}</span>}
                      <time dateTime={item.at} title={formatDateTime(item.at)}>
                        {formatRelative(item.at)}
                      </time>
                    </span>
                  </span>
                </button>
              </li>
            ))}
          </ul>
        )}
        {list.hasNextPage && (
          <div className={classes.more}>
            <Button
              variant="subtle"
              size="compact-sm"
              loading={list.isFetchingNextPage}
              onClick={() => list.fetchNextPage()}
            >
              {t("notifications.more")}
            </Button>
          </div>
        )}
      </div>
    </section>
  );
}

/** Where a notification leads: to an address within the workspace, or to its record. */
function addressOf({ link, record }: Notification): string | null {
  if (link?.startsWith("/") && !link.startsWith("//"))
    return `/w/${encodeURIComponent(currentWorkspace())}${link}`;
  return record ? recordHref(record.object, record.id) : null;
}
