/** Customers and opportunities changed last, by whomever. */
import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import type { CatalogObject, RecordRow, Reference } from "@/api/types";
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

async function lastChanges(objects: CatalogObject[], signal: AbortSignal): Promise<Change[]> {
  const pages = await Promise.all(
    objects.map(async (object) => {
      const page = await queryRecords(
        object.key,
        {
          select: [object.title, "updated_at", "updated_by"],
          sort: [{ field: "updated_at", dir: "desc" }],
          limit: SHOWN,
        },
        signal,
      );
      return page.rows.map((row) => ({ object, row }));
    }),
  );
  return pages
    .flat()
    .sort((a, b) => String(b.row.updated_at).localeCompare(String(a.row.updated_at)))
    .slice(0, SHOWN);
}

export function RecentChanges() {
  const { t } = useTranslation();
  const catalog = useCatalog();
  const objects = OBJECTS.flatMap((key) => findObject(catalog, key) ?? []).filter((object) =>
    can(object, "read"),
  );
  const query = useQuery({
    queryKey: [...recordKeys.all(), "recent", objects.map((object) => object.key)],
    queryFn: ({ signal }) => lastChanges(objects, signal),
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
