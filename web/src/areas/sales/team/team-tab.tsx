/** Who works on an opportunity: the lines of its team, and how far the revenue splits make up the whole. */
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { Field } from "@/api/types";
import { findField, useObject } from "@/lib/catalog";
import { formatNumber } from "@/lib/format";
import { currentLanguage } from "@/lib/language";
import { recordKeys } from "@/lib/records";
import { can } from "@/lib/rights";
import { fieldKind } from "@/records/field-kinds";
import { levelOn } from "@/records/field-kinds/shown-kind";
import {
  type LineEdit,
  lineColumns,
  lineObject,
  linesOnScreen,
  linesQuery,
} from "@/records/field-kinds/sub_table/lines";
import type { RecordPartProps } from "@/records/page/extensions";
import { useUnsavedGuard } from "@/records/page/use-unsaved-guard";
import { RowsSkeleton } from "@/ui/states";
import { type Shares, sharesOf } from "./shares";
import classes from "./team.module.css";

export function TeamTab(props: RecordPartProps) {
  const field = findField(props.object, "team");
  return field ? <Team {...props} field={field} /> : null;
}

function Team({ object, record, save, field }: RecordPartProps & { field: Field }) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const child = useObject(lineObject(field));
  const columns = child ? lineColumns(field, child) : [];
  const saved = useQuery({ ...linesQuery(field, columns, record.id), enabled: child !== undefined });
  const [edits, setEdits] = useState<LineEdit[] | null>(null);
  const [busy, setBusy] = useState(false);
  const [tried, setTried] = useState(false);
  useUnsavedGuard(edits !== null && !busy);
  if (!child || !saved.data) return <RowsSkeleton rows={3} />;
  const { Display, Input } = fieldKind("sub_table");
  const shares = sharesOf(linesOnScreen(saved.data, edits ?? []));
  const editable =
    record._rights?.edit !== false && can(child, "create") && levelOn(field, record) === "edit";
  const change = (next: LineEdit[] | null) => {
    setEdits(next);
    setTried(false);
  };
  const commit = async () => {
    setTried(true);
    if (!shares.whole) return;
    setBusy(true);
    if (await save({ [field.key]: edits })) {
      await client.invalidateQueries({ queryKey: recordKeys.of(child.key) });
      change(null);
    }
    setBusy(false);
  };
  return (
    <section className={classes.team} aria-label={t("sales.tab_team")}>
      <Splits shares={shares} />
      {editable ? (
        <Input
          value={edits}
          field={field}
          object={object.key}
          record={record}
          aria-label={t("sales.tab_team")}
          error={
            tried && !shares.whole ? t("team.must_be_whole", { total: formatNumber(shares.revenue) }) : null
          }
          onChange={(value) => change(value as LineEdit[] | null)}
          onCommit={() => void commit()}
          onCancel={() => change(null)}
          disabled={busy}
        />
      ) : (
        <Display value={null} field={field} record={record} language={currentLanguage()} inline={false} />
      )}
    </section>
  );
}

/** The sum of the revenue splits, and what is missing to the whole or beyond it. */
function Splits({ shares }: { shares: Shares }) {
  const { t } = useTranslation();
  const { revenue, overlay, left, whole } = shares;
  const state = revenue === null ? "none" : whole ? "whole" : left?.startsWith("-") ? "over" : "missing";
  return (
    <div className={classes.splits} data-state={state} aria-live="polite">
      <div className={classes.bar} aria-hidden>
        <span style={{ width: `${Math.min(100, Number(revenue ?? 0))}%` }} />
      </div>
      <p className={classes.words}>
        {state === "none"
          ? t("team.none")
          : t(`team.${state}`, {
              total: formatNumber(revenue),
              rest: formatNumber(left?.replace("-", "") ?? null),
            })}
        {overlay !== null && <span>{t("team.overlay", { total: formatNumber(overlay) })}</span>}
      </p>
    </div>
  );
}
