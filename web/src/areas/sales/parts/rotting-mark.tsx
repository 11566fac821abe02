/** The sign on a card that has stood in its stage for too long, and how long. */
import { Hourglass } from "lucide-react";
import { useTranslation } from "react-i18next";
import type { RecordRow } from "@/api/types";
import classes from "./stage-guide.module.css";

const DAY_MS = 86_400_000;

export function RottingMark({ row }: { row: RecordRow }) {
  const { t } = useTranslation();
  const rots = typeof row.rots_at === "string" ? Date.parse(row.rots_at) : Number.NaN;
  if (!(rots < Date.now())) return null;
  const since = typeof row.stage_since === "string" ? Date.parse(row.stage_since) : rots;
  const days = Math.floor((Date.now() - since) / DAY_MS);
  return (
    <span className={classes.mark}>
      <Hourglass size={12} aria-hidden />
      {t("sales.rotting", { days, over: Math.ceil((Date.now() - rots) / DAY_MS) })}
    </span>
  );
}
