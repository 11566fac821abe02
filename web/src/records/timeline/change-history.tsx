/** Every change of a record: when, who, by what way, from what to what. */
import { Button } from "@mantine/core";
import { t } from "i18next";
import { useTranslation } from "react-i18next";
import type { CatalogObject, RecordRow } from "@/api/types";
import { formatDateTime } from "@/lib/format";
import { EmptyState, ErrorState, RowsSkeleton } from "@/ui/states";
import { shareSentence } from "../share/share-words";
import type { ChangeItem } from "./arrange";
import { Via } from "./changes-entry";
import { FieldChanges } from "./field-changes";
import classes from "./timeline.module.css";
import { useTimeline } from "./use-timeline";

export function ChangeHistory({ object, record }: { object: CatalogObject; record: RecordRow }) {
  const { t } = useTranslation();
  const query = useTimeline(object.key, record.id, "change");
  if (query.isPending) return <RowsSkeleton rows={4} />;
  if (query.isError) return <ErrorState compact error={query.error} onRetry={() => query.refetch()} />;
  const changes = query.data.pages
    .flatMap((page) => page.items)
    .filter((item): item is ChangeItem => item.type === "change");
  if (changes.length === 0) return <EmptyState compact title={t("timeline.no_changes")} />;
  return (
    <>
      <ol className={classes.history}>
        {changes.map((change) => (
          <li key={`${change.change_set}/${change.at}`} className={classes.historyEntry}>
            <p className={classes.meta}>
              <time dateTime={change.at}>{formatDateTime(change.at)}</time>
              <span>{headOf(change)}</span>
              <Via via={change.via} flow={change.flow} record={record.id} />
            </p>
            <FieldChanges object={object} fields={change.fields} first={change.op === "create"} />
          </li>
        ))}
      </ol>
      {query.hasNextPage && (
        <Button variant="subtle" loading={query.isFetchingNextPage} onClick={() => query.fetchNextPage()}>
          {t("timeline.older")}
        </Button>
      )}
    </>
  );
}

function headOf(change: ChangeItem): string {
  const who = change.by?.title ?? t("timeline.system");
  return change.share ? shareSentence(change.share, who) : t(`timeline.op_${change.op}`, { who });
}
