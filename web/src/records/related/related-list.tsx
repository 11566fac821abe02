/** The related records of a record as a small grid: the columns of their layout, new ones made in place. */
import { Button } from "@mantine/core";
import { useInfiniteQuery } from "@tanstack/react-query";
import { ArrowUpRight, Plus } from "lucide-react";
import { useTranslation } from "react-i18next";
import type { CatalogObject, Field, RecordRow, Relation } from "@/api/types";
import { findField, findObject, useCatalog } from "@/lib/catalog";
import { label } from "@/lib/label";
import { currentLanguage } from "@/lib/language";
import { recordKeys, relatedRecords } from "@/lib/records";
import { can } from "@/lib/rights";
import { EmptyState, ErrorState, RowsSkeleton } from "@/ui/states";
import { fieldKind } from "../field-kinds";
import { shownKind } from "../field-kinds/shown-kind";
import { openCreateDialog } from "../form/create-dialog";
import { RecordLink } from "../lookup/record-link";
import { titleOf } from "../lookup/use-record-options";
import { listHref } from "./list-href";
import classes from "./related.module.css";

const PAGE = 20;
const COLUMNS = 6;

interface RelatedListProps {
  object: CatalogObject;
  record: RecordRow;
  relation: Relation;
  /** Keys of the related object's fields; absent: the first of its list. */
  chosen?: readonly string[];
  /** How many at a time. */
  limit?: number;
}

/** The title and the first columns of the related object's list, without the way back to this record. */
function columnsOf(related: CatalogObject, relation: Relation): Field[] {
  const keys = [related.title, ...(related.layout.list ?? [])];
  return [...new Set(keys)]
    .filter((key) => key !== relation.field)
    .flatMap((key) => findField(related, key) ?? [])
    .slice(0, COLUMNS);
}

export function RelatedList({ object, record, relation, chosen, limit = PAGE }: RelatedListProps) {
  const { t } = useTranslation();
  const related = findObject(useCatalog(), relation.object);
  const columns = !related
    ? []
    : chosen?.length
      ? chosen.flatMap((key) => findField(related, key) ?? [])
      : columnsOf(related, relation);
  const select = columns.map((field) => field.key);
  const query = useInfiniteQuery({
    queryKey: [
      ...recordKeys.of(relation.object),
      "related",
      object.key,
      record.id,
      relation.key,
      select,
      limit,
    ],
    queryFn: ({ pageParam, signal }) =>
      relatedRecords(object.key, record.id, relation.key, { select, limit, cursor: pageParam }, signal),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next_cursor,
    enabled: related !== undefined,
  });
  if (!related) return null;
  if (query.isPending) return <RowsSkeleton rows={4} />;
  if (query.isError) return <ErrorState compact error={query.error} onRetry={() => query.refetch()} />;
  const rows = query.data.pages.flatMap((page) => page.rows);
  const here = { id: record.id, title: titleOf(object, record) };
  const field = findField(related, relation.field);
  const create = can(related, "create") && field && (
    <Button
      size="compact-sm"
      variant="default"
      leftSection={<Plus size={14} />}
      onClick={() =>
        openCreateDialog(related.key, { [field.key]: field.kind === "many_to_many" ? [here] : here })
      }
    >
      {t("related.new", { name: label(related.label) })}
    </Button>
  );
  if (rows.length === 0) {
    return <EmptyState compact title={t("related.none", { name: label(relation.label) })} action={create} />;
  }
  return (
    <div className={classes.related}>
      <div className={classes.tools}>
        {create}
        <a className={classes.open} href={listHref(related.key, field, record.id)}>
          {t("related.open_list")}
          <ArrowUpRight size={14} aria-hidden="true" />
        </a>
      </div>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard */}
      <section className={classes.scroller} tabIndex={0} aria-label={label(relation.label)}>
        <table className={classes.table}>
          <thead>
            <tr>
              {columns.map((column) => (
                <th key={column.key} scope="col" style={{ textAlign: fieldKind(column.kind).align }}>
                  {label(column.label)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.map((row) => (
              <tr key={row.id}>
                {columns.map((column) => (
                  <td key={column.key} style={{ textAlign: fieldKind(column.kind).align }}>
                    <Cell related={related} row={row} field={column} />
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </section>
      {query.hasNextPage && (
        <Button
          variant="subtle"
          size="compact-sm"
          loading={query.isFetchingNextPage}
          onClick={() => query.fetchNextPage()}
        >
          {t("related.more")}
        </Button>
      )}
    </div>
  );
}

function Cell({ related, row, field }: { related: CatalogObject; row: RecordRow; field: Field }) {
  if (field.key === related.title) {
    return (
      <RecordLink object={related.key} id={row.id} className={classes.link}>
        {titleOf(related, row)}
      </RecordLink>
    );
  }
  const value = row[field.key];
  const kind = shownKind(field, value);
  return kind.isEmpty(value) ? null : (
    <kind.Display value={value} field={field} language={currentLanguage()} />
  );
}
