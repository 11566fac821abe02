/** How a timeline is told: pinned, ahead, then the past by month, with runs of changes folded into one line. */
import dayjs from "dayjs";
import type { Catalog, TimelineItem } from "@/api/types";
import { findObject } from "@/lib/catalog";
import { isUpcoming, timeOf } from "./activity-objects";

export type ActivityItem = Extract<TimelineItem, { type: "activity" }>;
export type ChangeItem = Extract<TimelineItem, { type: "change" }>;

/** Changes by one person in one go. */
export interface FoldedChanges {
  type: "changes";
  /** Of the latest. */
  at: string;
  by: ChangeItem["by"];
  via: string;
  flow?: ChangeItem["flow"];
  changes: ChangeItem[];
  /** How many values changed. */
  count: number;
}

export type TimelineEntry = ActivityItem | FoldedChanges;

export interface ArrangedTimeline {
  pinned: ActivityItem[];
  /** The most urgent first. */
  upcoming: ActivityItem[];
  /** "2026-11", latest first. */
  months: { month: string; entries: TimelineEntry[] }[];
}

/** Changes belong together when one person made them in the same way on the same day, with nothing between. */
function belongs(run: FoldedChanges, change: ChangeItem): boolean {
  const update = (item: ChangeItem | undefined) => item?.op === "update";
  return (
    update(change) &&
    update(run.changes.at(-1)) &&
    run.by?.id === change.by?.id &&
    run.via === change.via &&
    run.flow?.id === change.flow?.id &&
    dayjs(run.at).isSame(change.at, "day")
  );
}

export function foldChanges(items: readonly TimelineItem[]): TimelineEntry[] {
  const entries: TimelineEntry[] = [];
  for (const item of items) {
    const last = entries.at(-1);
    if (item.type === "activity") {
      entries.push(item);
    } else if (last?.type === "changes" && belongs(last, item)) {
      last.changes.push(item);
      last.count += item.fields.length;
    } else {
      const { at, by, via, flow } = item;
      entries.push({ type: "changes", at, by, via, flow, changes: [item], count: item.fields.length });
    }
  }
  return entries;
}

export function arrangeTimeline(
  catalog: Catalog,
  items: readonly TimelineItem[],
  now: number,
): ArrangedTimeline {
  const pinned: ActivityItem[] = [];
  const upcoming: { item: ActivityItem; time: number }[] = [];
  const past: TimelineItem[] = [];
  for (const item of items) {
    const object = item.type === "activity" ? findObject(catalog, item.object) : undefined;
    if (item.type === "activity" && item.record.is_pinned === true) pinned.push(item);
    else if (item.type === "activity" && object && isUpcoming(object, item.record, now)) {
      // What has no time comes after all that has one.
      upcoming.push({ item, time: Date.parse(timeOf(object, item.record) ?? "9999-01-01") });
    } else past.push(item);
  }
  upcoming.sort((one, other) => one.time - other.time);
  const months: ArrangedTimeline["months"] = [];
  for (const entry of foldChanges(past)) {
    const month = dayjs(entry.at).format("YYYY-MM");
    const group = months.at(-1);
    if (group?.month === month) group.entries.push(entry);
    else months.push({ month, entries: [entry] });
  }
  return { pinned, upcoming: upcoming.map(({ item }) => item), months };
}
