/** What stands beside the facts: timeline, related records, the areas' own tabs, files, changes. */
import { Tabs } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { type ReactNode, Suspense } from "react";
import { useTranslation } from "react-i18next";
import type { CatalogObject, PageLayout, RecordRow, Relation } from "@/api/types";
import { recordApprovalsQuery } from "@/lib/approvals";
import { findField, findObject, useCatalog } from "@/lib/catalog";
import { label } from "@/lib/label";
import { useMe } from "@/lib/me";
import { RowsSkeleton } from "@/ui/states";
import type { Reaction } from "../form/reaction";
import { RelatedList } from "../related/related-list";
import { activityObjects } from "../timeline/activity-objects";
import { ChangeHistory } from "../timeline/change-history";
import { Timeline } from "../timeline/timeline";
import { extensionsOf, hasTab } from "./extensions";
import { FilesTab } from "./files-tab";
import { LayoutPanels } from "./layout-panels";
import { isPriced, LinesTab } from "./lines-tab";
import classes from "./page.module.css";
import { TabStrip } from "./tab-strip";
import type { useRecord } from "./use-record";

interface RecordTabsProps {
  object: CatalogObject;
  record: RecordRow;
  state: ReturnType<typeof useRecord>;
  tab: string | undefined;
  onTab(tab: string): void;
  layout: PageLayout;
  reaction: Reaction;
  /** On phones the facts are the first tab. */
  facts?: ReactNode;
}

/** Relations with a tab of their own: what is *about* the record is in its timeline already. */
function useTabRelations(object: CatalogObject): Relation[] {
  const catalog = useCatalog();
  const shown = new Set(
    extensionsOf(object.key).flatMap((extension) => (extension.tabs ?? []).map(({ instead }) => instead)),
  );
  return object.relations.filter((relation) => {
    if (shown.has(relation.object)) return false;
    const related = findObject(catalog, relation.object);
    const field = related && findField(related, relation.field);
    const sheet = object.fields.some(
      (one) =>
        (isPriced(one) || hasTab(object.key, one.key)) &&
        one.settings.object === relation.object &&
        one.settings.field === relation.field,
    );
    const isListed = field !== undefined && field.kind !== "about" && field.settings.reverse_tab !== false;
    return isListed && !field.hidden && !sheet;
  });
}

interface OneTab {
  key: string;
  title: string;
  draw(): ReactNode;
}

/** The tabs of a page whose layout says nothing of them. */
function useUsualTabs({ object, record, state }: RecordTabsProps, sheets: OneTab[], own: OneTab[]): OneTab[] {
  const { t } = useTranslation();
  const catalog = useCatalog();
  const relations = useTabRelations(object);
  // Without activities a timeline would only repeat the history of changes.
  const hasTimeline = object.features.includes("timeline") && activityObjects(catalog, object.key).length > 0;
  const files = object.fields.filter((field) => field.kind === "file" && !field.hidden);
  const tab = (key: string, title: string, draw: () => ReactNode): OneTab => ({ key, title, draw });
  return [
    ...(hasTimeline
      ? [tab("timeline", t("page.tab_timeline"), () => <Timeline object={object} record={record} />)]
      : []),
    ...sheets,
    ...own,
    ...relations.map((relation) =>
      tab(relation.key, label(relation.label), () => (
        <RelatedList object={object} record={record} relation={relation} />
      )),
    ),
    ...(files.length > 0
      ? [
          tab("files", t("page.tab_files"), () => (
            <FilesTab object={object} record={record} fields={files} save={state.save} />
          )),
        ]
      : []),
    tab("changes", t("page.tab_changes"), () => <ChangeHistory object={object} record={record} />),
  ];
}

/** The tabs that areas add to the pages of their objects. */
function useOwnTabs({ object, record, state }: RecordTabsProps): OneTab[] {
  const { t } = useTranslation();
  const me = useMe();
  const approvals = useQuery(recordApprovalsQuery(object.key, record.id)).data?.length ?? 0;
  const catalog = useCatalog();
  const isRead = (key: string) => {
    const shown = findField(object, key);
    if (!shown || shown.hidden) return false;
    return shown.kind !== "sub_table" || findObject(catalog, String(shown.settings.object)) !== undefined;
  };
  return extensionsOf(object.key)
    .flatMap((extension) => extension.tabs ?? [])
    .filter(({ isFor }) => isFor?.(me, record, approvals) ?? true)
    .filter(({ field }) => field === undefined || isRead(field))
    .map(({ key, title, Panel }) => ({
      key,
      title: t(title),
      draw: () => <Panel object={object} record={record} save={state.save} />,
    }));
}

export function RecordTabs(props: RecordTabsProps) {
  const { object, record, state, tab, onTab, facts, layout, reaction } = props;
  const { t } = useTranslation();
  const own = useOwnTabs(props);
  const sheets = object.fields
    .filter((field) => isPriced(field) && !field.hidden)
    .map(
      (field): OneTab => ({
        key: `lines-${field.key}`,
        title: label(field.label),
        draw: () => <LinesTab object={object} record={record} field={field} save={state.save} />,
      }),
    );
  const usual = useUsualTabs(props, sheets, own);
  const placed = layout.tabs?.map(
    ({ key, label: title, panels }): OneTab => ({
      key: `layout-${key}`,
      title: label(title),
      draw: () => (
        <LayoutPanels
          object={object}
          record={record}
          state={state}
          layout={layout}
          reaction={reaction}
          panels={panels}
        />
      ),
    }),
  );
  const hasFacts = layout.tabs?.some(({ panels }) => panels.some(({ kind }) => kind === "facts"));
  const tabs: OneTab[] = [
    ...(facts && !hasFacts ? [{ key: "facts", title: t("page.tab_facts"), draw: () => facts }] : []),
    ...(placed ? [...placed, ...sheets, ...own] : usual),
  ];
  const current = tabs.find(({ key }) => key === tab)?.key ?? tabs[0]?.key ?? null;
  return (
    <Tabs
      value={current}
      onChange={(next) => next && onTab(next)}
      keepMounted={false}
      className={classes.tabs}
    >
      <TabStrip tabs={tabs} current={current} onTab={onTab} folds={facts === undefined} />
      <div className={classes.panel}>
        <Suspense fallback={<RowsSkeleton rows={4} />}>
          {tabs.map(({ key, draw }) => (
            <Tabs.Panel key={key} value={key}>
              {key === current && draw()}
            </Tabs.Panel>
          ))}
        </Suspense>
      </div>
    </Tabs>
  );
}
