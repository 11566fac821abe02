/** How soon leads are followed up by those who get them, and what became of those that were not. */
import { useQueries } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { CatalogObject, GroupResult } from "@/api/types";
import { findField } from "@/lib/catalog";
import { formatNumber, formatPercent } from "@/lib/format";
import { groupRecords, recordKeys } from "@/lib/records";
import { currentWorkspace } from "@/lib/workspace";
import { EmptyState } from "@/ui/states";
import { Card } from "./card";
import { FieldValue } from "./field-value";
import classes from "./home-page.module.css";
import { byStatus, FOLLOW_UP_DAYS, RESPONSE_DAYS, SEGMENTS, segment } from "./questions";
import type { Viewpoint } from "./whose";

export function LeadResponse({ object, view }: { object: CatalogObject; view: Viewpoint }) {
  const { t } = useTranslation();
  const [now] = useState(() => new Date());
  const status = findField(object, "status");
  const query = useQueries({
    queries: SEGMENTS.map((which) => {
      const request = byStatus(segment(view.filter, which, now));
      return {
        queryKey: recordKeys.group("lead", request),
        queryFn: ({ signal }: { signal: AbortSignal }) => groupRecords("lead", request, signal),
      };
    }),
    combine: (answers) => ({
      data: answers.every(({ data }) => data) ? answers.map(({ data }) => data as GroupResult) : undefined,
      error: answers.find(({ error }) => error)?.error ?? null,
      isError: answers.some(({ isError }) => isError),
      refetch: () => Promise.all(answers.map(({ refetch }) => refetch())),
    }),
  });
  return (
    <Card title={t("home.response", { days: FOLLOW_UP_DAYS })} query={query}>
      {(results) => {
        const all = results.reduce((sum, { totals }) => sum + totals.count, 0);
        if (all === 0) {
          return (
            <EmptyState compact title={t("home.no_response")}>
              {t("home.no_response_text")}
            </EmptyState>
          );
        }
        return SEGMENTS.map((which, at) => {
          const { totals, groups } = results[at] as GroupResult;
          return (
            <div key={which} className={classes.segment}>
              <Link
                className={classes.segmentName}
                to="/w/$ws/o/$object"
                params={{ ws: currentWorkspace(), object: "lead" }}
                search={{ type: "table", where: segment(view.filter, which, now) }}
              >
                {t(`home.response_${which}`, { days: RESPONSE_DAYS })}
              </Link>
              <span className={classes.track}>
                <span
                  className={classes.bar}
                  data-kind={which}
                  style={{ width: `${(totals.count / all) * 100}%` }}
                />
              </span>
              <span className={classes.number}>
                {formatNumber(totals.count)} · {formatPercent(Math.round((totals.count / all) * 100))}
              </span>
              {status && totals.count > 0 && (
                <span className={classes.became}>
                  {groups.map(({ keys, count }) => (
                    <span key={String(keys[0])}>
                      <FieldValue field={status} value={keys[0]} /> {formatNumber(count)}
                    </span>
                  ))}
                </span>
              )}
            </div>
          );
        });
      }}
    </Card>
  );
}
