/** How many rows create, update, change nothing, or are refused. */
import { useTranslation } from "react-i18next";
import type { ImportCounts } from "@/api/types";
import { formatNumber } from "@/lib/format";
import classes from "./import.module.css";

const KINDS = ["create", "update", "skip", "error"] as const;

/** `rehearsal`: the words say what would happen instead of what happened. */
export function CountTiles({ counts, rehearsal }: { counts: ImportCounts; rehearsal?: boolean }) {
  const { t } = useTranslation();
  return (
    <div className={classes.tiles}>
      {KINDS.map((kind) => (
        <div
          key={kind}
          className={classes.tile}
          data-alarm={(kind === "error" && counts.error > 0) || undefined}
        >
          <span className={classes.tileName}>{t(`import.${rehearsal ? "will" : "did"}_${kind}`)}</span>
          <span className={classes.tileValue}>{formatNumber(counts[kind])}</span>
        </div>
      ))}
    </div>
  );
}
