/** Customers and opportunities changed last, by whomever. */
import { useQueries } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import type { CatalogObject, RecordQuery, RecordRow, Reference } from "@/api/types";
import { findObject, useCatalog } from "@/lib/catalog";
import { formatDateTime, formatRelative } from "@/lib/format";
import { label } from "@/lib/label";
import { queryRecords, recordKeys } from "@/lib/records";
import { can } from "@/lib/rights";
import { currentWorkspace } from "@/lib/workspace";
import { IconByName } from "@/ui/icon-by-name";
import { EmptyState } from "@/ui/states";
import { Card } from "./card";
import classes from "./home-page.module.css";

const OBJECTS = ["company", "contact", "lead", "opportunity"];
const SHOWN = 8;

interface Change {
  object: CatalogObject;
  row: RecordRow;
}

/** The records of one object that were changed last. */
function changedLast(object: CatalogObject): RecordQuery {
  return {
    select: [object.title, "updated_at", "updated_by"],
    sort: [{ field: "updated_at", dir: "desc" }],
    limit: SHOWN,
  };
}

function lastOf(objects: readonly CatalogObject[], pages: readonly RecordRow[][]): Change[] {
  return pages
    .flatMap((rows, at) => rows.map((row) => ({ object: objects[at] as CatalogObject, row })))
    .sort((a, b) => String(b.row.updated_at).localeCompare(String(a.row.updated_at)))
    .slice(0, SHOWN);
}

export function RecentChanges() {
  const { t } = useTranslation();
  const catalog = useCatalog();
  const objects = OBJECTS.flatMap((key) => findObject(catalog, key) ?? []).filter((object) =>
    can(object, "read"),
  );
  // One question for each object, so that each is asked again when records of it change.
  const query = useQueries({
    queries: objects.map((object) => ({
      queryKey: recordKeys.page(object.key, changedLast(object)),
      queryFn: ({ signal }: { signal: AbortSignal }) => queryRecords(object.key, changedLast(object), signal),
    })),
    combine: (answers) => ({
      data: answers.every((answer) => answer.data)
        ? lastOf(
            objects,
            answers.map(({ data }) => data?.rows ?? []),
          )
        : undefined,
      error: answers.find((answer) => answer.error)?.error ?? null,
      isError: answers.some((answer) => answer.isError),
      refetch: () => Promise.all(answers.map((answer) => answer.refetch())),
    }),
  });
  return (
    <Card title={t("home.recent")} query={query}>
      {(changes) =>
        changes.length === 0 ? (
          <EmptyState compact title={t("home.nothing_yet")}>
            {t("home.nothing_yet_text")}
          </EmptyState>
        ) : (
          changes.map(({ object, row }) => (
            <div key={row.id} className={classes.row}>
              <IconByName name={object.icon} />
              <span className={classes.grow}>
                <Link
                  className={classes.link}
                  to="/w/$ws/o/$object/$id"
                  params={{ ws: currentWorkspace(), object: object.key, id: row.id }}
                >
                  {String(row[object.title] ?? "—")}
                </Link>
                <span className={classes.quiet}> · {label(object.label)}</span>
              </span>
              <span className={classes.due} title={formatDateTime(row.updated_at as string)}>
                {(row.updated_by as Reference | null)?.title} {formatRelative(row.updated_at as string)}
              </span>
            </div>
          ))
        )
      }
    </Card>
  );
}
