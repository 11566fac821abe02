/** What happened around a record and what is ahead: a composer, then pinned, upcoming, and the past by month. */
import { Button, Chip, Group } from "@mantine/core";
import { type ReactNode, useState } from "react";
import { useTranslation } from "react-i18next";
import type { CatalogObject, RecordRow } from "@/api/types";
import { useCatalog } from "@/lib/catalog";
import { label } from "@/lib/label";
import { currentLanguage } from "@/lib/language";
import { EmptyState, ErrorState, RowsSkeleton } from "@/ui/states";
import { ActivityEntry } from "./activity-entry";
import { activityObjects } from "./activity-objects";
import { type ActivityItem, arrangeTimeline, type TimelineEntry } from "./arrange";
import { ChangesEntry } from "./changes-entry";
import { Composer } from "./composer";
import classes from "./timeline.module.css";
import { LiveActivities, useTimeline } from "./use-timeline";

const ALL = "all";
const CHANGES = "change";

interface TimelineProps {
  object: CatalogObject;
  record: RecordRow;
  /** Only activities or only changes; absent: both. */
  only?: "activity" | "change";
}

export function Timeline({ object, record, only }: TimelineProps) {
  const { t } = useTranslation();
  const catalog = useCatalog();
  const activities = only === CHANGES ? [] : activityObjects(catalog, object.key);
  const [kind, setKind] = useState(ALL);
  const kinds = kind === ALL ? (only ?? "activity,change") : kind === CHANGES ? "change" : "activity";
  const query = useTimeline(object.key, record.id, kinds);
  const items = (query.data?.pages.flatMap((page) => page.items) ?? []).filter(
    (item) => kind === ALL || kinds !== "activity" || (item.type === "activity" && item.object === kind),
  );
  const { pinned, upcoming, months } = arrangeTimeline(catalog, items, Date.now());
  const draw = (entry: TimelineEntry) =>
    entry.type === "activity" ? (
      <ActivityEntry
        key={`${entry.object}/${entry.record.id}`}
        item={entry}
        about={{ object: object.key, id: record.id }}
      />
    ) : (
      <ChangesEntry
        object={object}
        record={record.id}
        key={`${entry.at}/${entry.changes.at(-1)?.change_set}`}
        entry={entry}
      />
    );
  const group = (title: string, entries: ActivityItem[]) =>
    entries.length > 0 && <Part title={title}>{entries.map(draw)}</Part>;

  return (
    <div className={classes.timeline}>
      {activities.map((activity) => (
        <LiveActivities key={activity.key} activity={activity.key} object={object.key} id={record.id} />
      ))}
      {activities.length > 0 && <Composer object={object} record={record} activities={activities} />}
      {only !== CHANGES && (
        <Chip.Group value={kind} onChange={(next) => setKind(next as string)}>
          <Group gap={6} className={classes.kinds}>
            <Chip size="xs" value={ALL}>
              {t("timeline.all")}
            </Chip>
            {activities.map((activity) => (
              <Chip key={activity.key} size="xs" value={activity.key}>
                {label(activity.label)}
              </Chip>
            ))}
            {!only && (
              <Chip size="xs" value={CHANGES}>
                {t("timeline.changes")}
              </Chip>
            )}
          </Group>
        </Chip.Group>
      )}
      {query.isPending && <RowsSkeleton rows={4} height={56} />}
      {query.isError && <ErrorState compact error={query.error} onRetry={() => query.refetch()} />}
      {query.isSuccess && items.length === 0 && (
        <EmptyState compact title={t("timeline.nothing")}>
          {t("timeline.nothing_text")}
        </EmptyState>
      )}
      {group(t("timeline.pinned"), pinned)}
      {group(t("timeline.upcoming"), upcoming)}
      {months.map(({ month, entries }) => (
        <Part key={month} title={monthTitle(month)}>
          {entries.map(draw)}
        </Part>
      ))}
      {query.hasNextPage && (
        <Button variant="subtle" loading={query.isFetchingNextPage} onClick={() => query.fetchNextPage()}>
          {t("timeline.older")}
        </Button>
      )}
    </div>
  );
}

function Part({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section>
      <h3 className={classes.partTitle}>{title}</h3>
      <ol className={classes.entries}>{children}</ol>
    </section>
  );
}

/** 2026年11月, November 2026. */
function monthTitle(month: string): string {
  return new Intl.DateTimeFormat(currentLanguage(), { year: "numeric", month: "long" }).format(
    new Date(`${month}-15`),
  );
}
