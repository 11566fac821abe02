/** A grade and the reasons for it, in words. */
import { useTranslation } from "react-i18next";
import type { GradeReason, Hue } from "@/api/types";
import { formatDate, formatNumber } from "@/lib/format";
import { Chip } from "@/ui/chip";
import classes from "./grading.module.css";

const HUES: Record<string, Hue> = { A: "green", B: "amber", C: "slate" };

export function Grade({ grade }: { grade: string | null }) {
  const { t } = useTranslation();
  return grade ? (
    <Chip hue={HUES[grade]}>{t("grading.grade_of", { grade })}</Chip>
  ) : (
    <span className={classes.none}>{t("grading.none")}</span>
  );
}

export function Reasons({ reasons }: { reasons: GradeReason[] }) {
  const { t } = useTranslation();
  return (
    <ul className={classes.reasons}>
      {reasons.map(({ rule, name, points, count, at }) => (
        <li key={rule}>
          <span className={classes.reason}>{name ?? "—"}</span>
          <span className={classes.detail}>
            {count !== null && t("grading.times", { count })}
            {at && t("grading.last_at", { day: formatDate(at) })}
          </span>
          <span className={classes.points} data-negative={points < 0 || undefined}>
            {points > 0 ? "+" : ""}
            {formatNumber(points)}
          </span>
        </li>
      ))}
    </ul>
  );
}
