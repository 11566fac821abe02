/** What stands beside the facts: timeline, related records, the areas' own tabs, files, changes. */
import { Tabs } from "@mantine/core";
import { type ReactNode, Suspense, useEffect, useRef } from "react";
import { useTranslation } from "react-i18next";
import type { CatalogObject, RecordRow, Relation } from "@/api/types";
import { findField, findObject, useCatalog } from "@/lib/catalog";
import { label } from "@/lib/label";
import { RowsSkeleton } from "@/ui/states";
import { RelatedList } from "../related/related-list";
import { activityObjects } from "../timeline/activity-objects";
import { ChangeHistory } from "../timeline/change-history";
import { Timeline } from "../timeline/timeline";
import { extensionsOf } from "./extensions";
import { FilesTab } from "./files-tab";
import classes from "./page.module.css";
import type { useRecord } from "./use-record";

interface RecordTabsProps {
  object: CatalogObject;
  record: RecordRow;
  state: ReturnType<typeof useRecord>;
  tab: string | undefined;
  onTab(tab: string): void;
  /** On phones the facts are the first tab. */
  facts?: ReactNode;
}

/** Relations with a tab of their own: what is *about* the record is in its timeline already. */
function useTabRelations(object: CatalogObject): Relation[] {
  const catalog = useCatalog();
  return object.relations.filter((relation) => {
    const related = findObject(catalog, relation.object);
    const field = related && findField(related, relation.field);
    return field !== undefined && field.kind !== "about" && !field.hidden;
  });
}

export function RecordTabs({ object, record, state, tab, onTab, facts }: RecordTabsProps) {
  const { t } = useTranslation();
  const catalog = useCatalog();
  const relations = useTabRelations(object);
  const own = extensionsOf(object.key).flatMap((extension) => extension.tabs ?? []);
  // Without activities a timeline would only repeat the history of changes.
  const hasTimeline = object.features.includes("timeline") && activityObjects(catalog, object.key).length > 0;
  const files = object.fields.filter((field) => field.kind === "file" && !field.hidden);
  const keys = [
    ...(facts ? ["facts"] : []),
    ...(hasTimeline ? ["timeline"] : []),
    ...relations.map((relation) => relation.key),
    ...own.map((extra) => extra.key),
    ...(files.length ? ["files"] : []),
    "changes",
  ];
  const current = tab && keys.includes(tab) ? tab : (keys[0] ?? "changes");
  const list = useRef<HTMLDivElement>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: on phones the chosen tab may lie beyond the edge.
  useEffect(() => {
    list.current?.querySelector("[data-active]")?.scrollIntoView({ inline: "center", block: "nearest" });
  }, [current]);
  return (
    <Tabs
      value={current}
      onChange={(next) => next && onTab(next)}
      keepMounted={false}
      className={classes.tabs}
    >
      <Tabs.List ref={list} className={classes.tabList}>
        {facts && <Tabs.Tab value="facts">{t("page.tab_facts")}</Tabs.Tab>}
        {hasTimeline && <Tabs.Tab value="timeline">{t("page.tab_timeline")}</Tabs.Tab>}
        {relations.map((relation) => (
          <Tabs.Tab key={relation.key} value={relation.key}>
            {label(relation.label)}
          </Tabs.Tab>
        ))}
        {own.map((extra) => (
          <Tabs.Tab key={extra.key} value={extra.key}>
            {t(extra.title)}
          </Tabs.Tab>
        ))}
        {files.length > 0 && <Tabs.Tab value="files">{t("page.tab_files")}</Tabs.Tab>}
        <Tabs.Tab value="changes">{t("page.tab_changes")}</Tabs.Tab>
      </Tabs.List>
      <div className={classes.panel}>
        <Suspense fallback={<RowsSkeleton rows={4} />}>
          {facts && <Tabs.Panel value="facts">{facts}</Tabs.Panel>}
          {hasTimeline && (
            <Tabs.Panel value="timeline">
              <Timeline object={object} record={record} />
            </Tabs.Panel>
          )}
          {relations.map((relation) => (
            <Tabs.Panel key={relation.key} value={relation.key}>
              <RelatedList object={object} record={record} relation={relation} />
            </Tabs.Panel>
          ))}
          {own.map(({ key, Panel }) => (
            <Tabs.Panel key={key} value={key}>
              <Panel object={object} record={record} save={state.save} />
            </Tabs.Panel>
          ))}
          {files.length > 0 && (
            <Tabs.Panel value="files">
              <FilesTab object={object} record={record} fields={files} save={state.save} />
            </Tabs.Panel>
          )}
          <Tabs.Panel value="changes">
            <ChangeHistory object={object} record={record} />
          </Tabs.Panel>
        </Suspense>
      </div>
    </Tabs>
  );
}
