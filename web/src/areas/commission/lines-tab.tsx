/** The lines of a statement, each with its source and the rule that gave it. */
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { formatDate, formatMoney } from "@/lib/format";
import { RecordLink } from "@/records/lookup/record-link";
import type { RecordPartProps } from "@/records/page/extensions";
import { EmptyState, ErrorState, RowsSkeleton } from "@/ui/states";
import classes from "./commission.module.css";
import { linesQuery } from "./requests";
import { ruleSentence } from "./rule-sentence";

export function LinesTab({ record }: RecordPartProps) {
  const { t } = useTranslation();
  const found = useQuery(linesQuery(record.id));
  if (found.isError) return <ErrorState compact error={found.error} onRetry={() => found.refetch()} />;
  if (!found.data) return <RowsSkeleton rows={3} height={48} />;
  if (found.data.length === 0) return <EmptyState title={t("commission.no_lines")} />;
  return (
    <ul className={classes.lines} aria-label={t("commission.lines")}>
      {found.data.map((line) => (
        <li key={line.id} className={classes.line}>
          <span className={classes.what}>
            <span className={classes.head}>
              {t(`commission.kind_${line.kind}`)}
              {line.source ? (
                <RecordLink object={line.source.object} id={line.source.id} className={classes.link}>
                  {line.name || t("commission.source")}
                </RecordLink>
              ) : null}
              <span className={classes.quiet}>{formatDate(line.happened_on)}</span>
            </span>
            <span className={classes.rule}>{ruleSentence(t, line)}</span>
          </span>
          <strong className={classes.amount}>{formatMoney(line.amount)}</strong>
        </li>
      ))}
    </ul>
  );
}
