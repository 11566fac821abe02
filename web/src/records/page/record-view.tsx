/** One record: head, banner, facts and tabs; or its form while it is edited as a whole. */
import { Button } from "@mantine/core";
import { useMediaQuery } from "@mantine/hooks";
import { Suspense, useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import type { CatalogObject, RecordRow } from "@/api/types";
import { ApiError } from "@/lib/api";
import { useBeingDecided } from "@/lib/approvals";
import { label } from "@/lib/label";
import { useShortcuts } from "@/lib/shortcuts";
import { usePageTitle } from "@/lib/use-page-title";
import { EmptyState, ErrorState } from "@/ui/states";
import { layoutOf, RECORD_TYPE } from "../form/layout";
import { useReaction } from "../form/use-reaction";
import { forgetRecord, rememberRecord } from "../lookup/recent-records";
import { titleOf } from "../lookup/use-record-options";
import { ConflictDialog } from "./conflict-dialog";
import { extensionsOf } from "./extensions";
import { Facts } from "./facts";
import { neighbours } from "./list-order";
import classes from "./page.module.css";
import { RecordForm } from "./record-form";
import { RecordHeader } from "./record-header";
import { RecordSkeleton } from "./record-skeleton";
import { RecordTabs } from "./record-tabs";
import { useRecord } from "./use-record";

/** The record as it is stored. */
const NOTHING = {};

interface RecordViewProps {
  object: CatalogObject;
  id: string;
  /** The list to go back to. */
  listHref: string;
  tab: string | undefined;
  onTab(tab: string): void;
  /** To a neighbour in the list. */
  onStep(id: string): void;
  onLeave(): void;
}

export function RecordView(props: RecordViewProps) {
  const { object, id, onStep } = props;
  const { t } = useTranslation();
  const state = useRecord(object, id);
  const { error } = state;
  const decided = useBeingDecided(object.key, id);
  const record = state.record && (decided ? untouchable(state.record) : state.record);
  const [editing, setEditing] = useState(false);
  const phone = useMediaQuery("(max-width: 48em)", undefined, { getInitialValueInEffect: false });
  const title = record ? titleOf(object, record) : "";
  const steps = neighbours(object.key, id);
  const editable = record !== undefined && record._rights?.edit !== false;
  usePageTitle(title || label(object.label));
  useEffect(() => {
    if (title) rememberRecord(object.key, { id, title });
  }, [object.key, id, title]);
  useEffect(() => {
    if (error instanceof ApiError && error.status === 404) forgetRecord(object.key, id);
  }, [error, object.key, id]);
  useShortcuts({
    e: () => editable && setEditing(true),
    j: () => steps.next && !editing && !state.unfinished && onStep(steps.next),
    k: () => steps.previous && !editing && !state.unfinished && onStep(steps.previous),
    "mod+arrowdown": () => steps.next && !editing && !state.unfinished && onStep(steps.next),
    "mod+arrowup": () => steps.previous && !editing && !state.unfinished && onStep(steps.previous),
  });

  const { reaction } = useReaction(object, NOTHING, id, record?.rev);
  if (error && !record)
    return <Missing error={error} listHref={props.listHref} object={object} retry={state.refetch} />;
  if (!record) return <RecordSkeleton />;
  const banners = extensionsOf(object.key).flatMap((extension) => extension.Banner ?? []);
  const layout = layoutOf(object, record[RECORD_TYPE]);
  const facts = <Facts object={object} record={record} state={state} layout={layout} reaction={reaction} />;
  // A layout with a place for the facts among its tabs needs none beside them.
  const aside = !phone && !layout.tabs?.some(({ panels }) => panels.some(({ kind }) => kind === "facts"));
  const done = () => {
    setEditing(false);
    state.finish();
  };
  return (
    <div className={classes.page}>
      <RecordHeader
        object={object}
        record={record}
        state={state}
        listHref={props.listHref}
        locked={decided ? t("page.being_decided") : undefined}
        layout={layout}
        reaction={reaction}
        steps={steps}
        onStep={onStep}
        onEdit={() => setEditing(true)}
        onDeleted={props.onLeave}
      />
      <Suspense>
        {banners.map((Banner, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: the areas' banners come in a fixed order.
          <div key={index} className={classes.banner}>
            <Banner object={object} record={record} save={state.save} />
          </div>
        ))}
      </Suspense>
      {editing || state.unfinished ? (
        <RecordForm object={object} record={record} unfinished={state.unfinished} onDone={done} />
      ) : (
        <div className={classes.body} data-whole={(!aside && !phone) || undefined}>
          {aside && (
            <aside className={classes.card} aria-label={t("page.tab_facts")}>
              {facts}
            </aside>
          )}
          <div className={classes.tabsCard}>
            <RecordTabs
              object={object}
              record={record}
              state={state}
              tab={props.tab}
              onTab={props.onTab}
              layout={layout}
              reaction={reaction}
              facts={phone ? facts : undefined}
            />
          </div>
        </div>
      )}
      <ConflictDialog object={object} conflict={state.conflict} onSettle={state.settle} />
    </div>
  );
}

/** The record while a change of it is being decided about. */
function untouchable(record: RecordRow): RecordRow {
  return { ...record, _rights: { ...record._rights, edit: false, delete: false } } as RecordRow;
}

interface MissingProps {
  error: unknown;
  object: CatalogObject;
  listHref: string;
  retry(): void;
}

/** Gone, hidden, or not loaded: in words, with a way out. */
function Missing({ error, object, listHref, retry }: MissingProps) {
  const { t } = useTranslation();
  const status = error instanceof ApiError ? error.status : 0;
  const back = (
    <Button component="a" href={listHref} variant="default">
      {t("page.back_to_list", { name: label(object.plural) })}
    </Button>
  );
  if (status === 404) {
    return (
      <EmptyState kind="search" title={t("page.gone", { name: label(object.label) })} action={back}>
        {t("page.gone_text")}
      </EmptyState>
    );
  }
  if (status === 403) {
    return (
      <EmptyState kind="forbidden" title={t("page.forbidden", { name: label(object.label) })} action={back}>
        {t("page.forbidden_text")}
      </EmptyState>
    );
  }
  return <ErrorState error={error} onRetry={retry} />;
}
