/** Why a lead has its grade: both scores, and each rule that gave points, with when. */
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import type { LeadGrade } from "@/api/types";
import { formatNumber } from "@/lib/format";
import type { RecordPartProps } from "@/records/page/extensions";
import { EmptyState, ErrorState, RowsSkeleton } from "@/ui/states";
import { Grade, Reasons } from "./grade-words";
import classes from "./grading.module.css";
import { leadGradeQuery } from "./requests";

export function GradeTab({ record }: RecordPartProps) {
  const { t } = useTranslation();
  const found = useQuery(leadGradeQuery(record.id));
  if (found.isError) return <ErrorState compact error={found.error} onRetry={() => found.refetch()} />;
  if (!found.data) return <RowsSkeleton rows={3} height={48} />;
  if (!found.data.grade) return <EmptyState title={t("grading.not_graded")} />;
  return (
    <>
      <p className={classes.verdict}>
        <Grade grade={found.data.grade} />
        <span>{t("grading.score", { score: formatNumber(found.data.score) })}</span>
      </p>
      <div className={classes.axes}>
        <Axis of={found.data} axis="fit" />
        <Axis of={found.data} axis="engagement" />
      </div>
    </>
  );
}

function Axis({ of, axis }: { of: LeadGrade; axis: "fit" | "engagement" }) {
  const { t } = useTranslation();
  const score = axis === "fit" ? of.fit_score : of.engagement_score;
  const mine = of.reasons.filter((one) => one.axis === axis);
  return (
    <section className={classes.axis} aria-label={t(`grading.${axis}`)}>
      <h3>
        {t(`grading.${axis}`)}
        <span className={classes.letter}>
          {formatNumber(score)} · {of[axis] ?? "—"}
        </span>
      </h3>
      <div className={classes.bar} aria-hidden>
        <span style={{ width: `${score ?? 0}%` }} data-axis={axis} />
      </div>
      {mine.length ? (
        <Reasons reasons={mine} />
      ) : (
        <p className={classes.none}>{t(`grading.no_reasons_${axis}`)}</p>
      )}
    </section>
  );
}
