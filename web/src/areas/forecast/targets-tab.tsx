/** Targets of a node and of those below it: what was reached, what is handed down, and handing down the rest. */
import { Button, SegmentedControl, TextInput } from "@mantine/core";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import type { TargetRow, TargetsPage } from "@/api/types";
import { useObject } from "@/lib/catalog";
import { errorMessage } from "@/lib/error-message";
import { formatMoney, formatNumber, formatPercent } from "@/lib/format";
import { can } from "@/lib/rights";
import { currentWorkspace } from "@/lib/workspace";
import { RecordPicker } from "@/records/lookup/record-picker";
import { ErrorState, RowsSkeleton } from "@/ui/states";
import { toastSuccess } from "@/ui/toast";
import classes from "./forecast.module.css";
import {
  type Asked,
  forecastChanged,
  type Measure,
  placeOf,
  proposeTargets,
  type Scope,
  setTargets,
  targetsQuery,
} from "./requests";
import type { ForecastSearch } from "./search";
import { addressOf, type Go, usePlaceName } from "./trail";

const MEASURES: Measure[] = ["won_amount", "won_count", "received_amount"];

export function TargetsTab({ asked, search, go }: { asked: Asked; search: ForecastSearch; go: Go }) {
  const { t } = useTranslation();
  const measure = search.measure ?? "won_amount";
  const ofProducts = measure !== "received_amount";
  const product = ofProducts ? search.product : undefined;
  const category = ofProducts && !product ? search.category : undefined;
  const found = useQuery(targetsQuery(asked, measure, product, category));
  const products = useObject("product");
  const categories = useObject("product_category");
  const targets = useObject("sales_target");
  return (
    <>
      <div className={classes.tools}>
        <SegmentedControl
          size="xs"
          aria-label={t("forecast.measure")}
          value={measure}
          data={MEASURES.map((one) => ({ value: one, label: t(`forecast.measure_${one}`) }))}
          onChange={(one) => go({ measure: one as Measure })}
        />
        {ofProducts && can(products, "read") && products && (
          <div className={classes.picker}>
            <RecordPicker
              object={products}
              value={product ? { id: product, title: t("forecast.one_product") } : null}
              onPick={(picked) => go({ product: picked?.id, category: undefined })}
              clearable
              compact
              aria-label={t("forecast.product")}
              placeholder={t("forecast.every_product")}
            />
          </div>
        )}
        {ofProducts && can(categories, "read") && categories && (
          <div className={classes.picker}>
            <RecordPicker
              object={categories}
              value={category ? { id: category, title: t("forecast.one_category") } : null}
              onPick={(picked) => go({ category: picked?.id, product: undefined })}
              clearable
              compact
              aria-label={t("forecast.category")}
              placeholder={t("forecast.every_category")}
            />
          </div>
        )}
        <span className={classes.space} />
        <a className={classes.link} href={`/w/${encodeURIComponent(currentWorkspace())}/o/sales_target`}>
          {t("forecast.all_targets")}
        </a>
        {can(targets, "import") && can(targets, "create") && (
          <a
            className={classes.link}
            href={`/w/${encodeURIComponent(currentWorkspace())}/import?object=sales_target`}
          >
            {t("forecast.import_targets")}
          </a>
        )}
      </div>
      {found.isError ? (
        <ErrorState error={found.error} onRetry={() => found.refetch()} />
      ) : !found.data ? (
        <RowsSkeleton rows={6} height={40} />
      ) : (
        <Targets
          key={JSON.stringify([asked, measure, product, category])}
          page={found.data}
          product={product ?? null}
          category={category ?? null}
          go={go}
        />
      )}
    </>
  );
}

const keyOf = ({ place }: TargetRow) => `${place.kind} ${place.id}`;
const plain = (text: string) => text.replaceAll(",", "").trim();

interface TargetsProps {
  page: TargetsPage;
  product: string | null;
  category: string | null;
  go: Go;
}

function Targets({ page, product, category, go }: TargetsProps) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const name = usePlaceName();
  const [typed, setTyped] = useState<Record<string, string>>({});
  const rows = [...page.rows, page.node];
  const value = (row: TargetRow) => typed[keyOf(row)] ?? row.target ?? "";
  const changed = rows.filter((row) => plain(value(row)) !== (row.target ?? ""));
  const scope: Scope = {
    period: page.period.unit,
    day: page.period.begins,
    measure: page.measure,
    product,
    category,
  };
  const saving = useMutation({
    mutationFn: () =>
      setTargets(
        scope,
        changed.map((row) => ({ ...placeOf(row.place), goal: plain(value(row)) || null })),
      ),
    onSuccess: async () => {
      toastSuccess(t("forecast.targets_saved"));
      await forecastChanged(client);
      setTyped({});
    },
  });
  const proposing = useMutation({
    mutationFn: (method: "equal" | "last_period") =>
      proposeTargets(
        scope,
        page.node.place.kind === "department" ? page.node.place.id : null,
        method,
        plain(value(page.node)) || null,
      ),
    onSuccess: (proposed) =>
      setTyped((before) => ({
        ...before,
        ...Object.fromEntries(proposed.items.map(({ place, goal }) => [`${place.kind} ${place.id}`, goal])),
      })),
  });
  const problem = saving.error ?? proposing.error;
  useEffect(() => {
    if (changed.length > 0) saving.reset();
  }, [changed.length, saving.reset]);
  const shown = (text: string | null) =>
    text === null
      ? "—"
      : page.measure === "won_count"
        ? formatNumber(text)
        : formatMoney({ amount: text, currency: page.currency });
  const down = page.rows.reduce((sum, row) => sum + Number(plain(value(row)) || 0), 0);
  const total = plain(value(page.node));
  const left = total === "" ? null : Math.round((Number(total) - down) * 1000) / 1000;
  const handsDown = page.node.opens && page.node.may_set && page.rows.some((row) => row.may_set);
  return (
    <>
      {handsDown && (
        <div className={classes.tools}>
          <span className={classes.quiet}>{t("forecast.hand_down")}</span>
          <Button
            size="compact-sm"
            variant="default"
            disabled={total === ""}
            loading={proposing.isPending}
            onClick={() => proposing.mutate("equal")}
          >
            {t("forecast.equally")}
          </Button>
          <Button
            size="compact-sm"
            variant="default"
            disabled={total === ""}
            loading={proposing.isPending}
            onClick={() => proposing.mutate("last_period")}
          >
            {t("forecast.by_last_period")}
          </Button>
          <span className={classes.quiet}>{t("forecast.or_by_hand")}</span>
        </div>
      )}
      <div className={classes.frame}>
        <table className={classes.table}>
          <thead>
            <tr>
              <th>{t("forecast.who")}</th>
              <th className={classes.number}>{t("forecast.column_target")}</th>
              <th className={classes.number}>{t("forecast.column_actual")}</th>
              <th className={classes.number}>{t("forecast.column_attainment")}</th>
              <th className={classes.number}>{t("forecast.column_left")}</th>
            </tr>
          </thead>
          <tbody>
            {rows.map((row) => {
              const own = row === page.node;
              return (
                <tr key={keyOf(row)} className={own ? classes.sum : undefined}>
                  <th scope="row">
                    {own ? (
                      name(row.place)
                    ) : (
                      <button
                        type="button"
                        className={classes.linkButton}
                        onClick={() => go(addressOf(row.place))}
                      >
                        {name(row.place)}
                      </button>
                    )}
                    {!row.whole && <span className={classes.below}>{t("forecast.not_whole")}</span>}
                  </th>
                  <td className={classes.number}>
                    {row.may_set ? (
                      <TextInput
                        size="xs"
                        inputMode="decimal"
                        className={classes.goal}
                        aria-label={t("forecast.target_of", { name: name(row.place) })}
                        value={value(row)}
                        onChange={(event) => {
                          const text = event.currentTarget.value;
                          setTyped((before) => ({ ...before, [keyOf(row)]: text }));
                        }}
                      />
                    ) : (
                      shown(row.target)
                    )}
                  </td>
                  <td className={classes.number}>{shown(row.actual)}</td>
                  <td className={classes.number}>
                    <Attained row={row} passed={page.passed} />
                  </td>
                  <td className={classes.number}>
                    {own && left !== null && row.opens ? shown(String(left)) : shown(row.left)}
                  </td>
                </tr>
              );
            })}
          </tbody>
        </table>
      </div>
      {problem && (
        <p className={classes.problem} role="alert">
          {errorMessage(problem)}
        </p>
      )}
      {changed.length > 0 && (
        <div className={classes.tools}>
          <Button size="sm" loading={saving.isPending} onClick={() => saving.mutate()}>
            {t("forecast.save_targets", { count: changed.length })}
          </Button>
          <Button size="sm" variant="default" onClick={() => setTyped({})}>
            {t("ui.cancel")}
          </Button>
        </div>
      )}
      <p className={classes.quiet}>{t("forecast.passed", { share: page.passed })}</p>
    </>
  );
}

/** How much was reached, against how much of the period is over. */
function Attained({ row, passed }: { row: TargetRow; passed: string }) {
  if (row.attainment === null) return "—";
  const share = Number(row.attainment);
  return (
    <span className={classes.attained}>
      <span className={classes.bar} data-behind={share < Number(passed) || undefined} aria-hidden>
        <span style={{ width: `${Math.min(share, 100)}%` }} />
        <i style={{ insetInlineStart: `${passed}%` }} />
      </span>
      {formatPercent(row.attainment)}
    </span>
  );
}
