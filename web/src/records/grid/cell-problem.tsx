/** Under a cell whose edit was refused or met another's: what happened and what can be done. */
import { useTranslation } from "react-i18next";
import type { Language } from "@/api/types";
import type { CellState } from "../query/cell-edits";
import classes from "./grid.module.css";
import type { GridColumn } from "./grid-columns";

export function CellProblem({
  column,
  state,
  top,
  language,
  onKeepMine,
  onDismiss,
}: {
  column: GridColumn;
  state: Extract<CellState, { status: "failed" | "conflict" }>;
  top: number;
  language: Language;
  onKeepMine(): void;
  onDismiss(): void;
}) {
  const { t } = useTranslation();
  const words = (value: unknown) =>
    column.kind.toText(value, column.field, language) || t("grid.empty_value");
  return (
    <div role="alert" className={classes.problem} style={{ top, left: column.left }}>
      {state.status === "failed" ? (
        <p>
          {state.message || t("grid.not_saved")}{" "}
          <span className={classes.problemValue}>{words(state.mine)}</span>
        </p>
      ) : (
        <>
          <p>{t("grid.conflict")}</p>
          <dl>
            <dt>{t("grid.theirs")}</dt>
            <dd>{words(state.theirs)}</dd>
            <dt>{t("grid.mine")}</dt>
            <dd>{words(state.mine)}</dd>
          </dl>
          <button type="button" className={classes.problemMain} onClick={onKeepMine}>
            {t("grid.keep_mine")}
          </button>
        </>
      )}
      <button type="button" className={classes.problemButton} onClick={onDismiss}>
        {t(state.status === "conflict" ? "grid.keep_theirs" : "grid.understood")}
      </button>
    </div>
  );
}
