/** Trying a flow on the past: over how many days, how far it is, what would have happened. Nothing of it is done. */
import { Alert, Button, NumberInput, Progress, Select } from "@mantine/core";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { History } from "lucide-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { formatDateTime, formatNumber } from "@/lib/format";
import { useSystemRight } from "@/lib/rights";
import { EmptyState, ErrorState, RowsSkeleton } from "@/ui/states";
import { toastError } from "@/ui/toast";
import type { Definition, Palette } from "../model";
import classes from "./backtest.module.css";
import { BacktestOutcome } from "./backtest-result";
import {
  backtestQuery,
  backtestsKey,
  backtestsQuery,
  beginBacktest,
  cancelBacktest,
  isGoingOn,
} from "./requests";

const MOST_DAYS = 90;
const USUAL_DAYS = 30;

export interface BacktestPanelProps {
  flow: string;
  /** As it is on the screen, kept or not. */
  definition: Definition;
  palette: Palette;
}

export function BacktestPanel({ flow, definition, palette }: BacktestPanelProps) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const may = useSystemRight("automation");
  const [days, setDays] = useState<number | string>(USUAL_DAYS);
  const [busy, setBusy] = useState(false);
  const [chosen, setChosen] = useState<string | null>(null);
  const list = useQuery(backtestsQuery(flow));
  const shown = chosen ?? list.data?.[0]?.id ?? null;
  const test = useQuery({ ...backtestQuery(shown ?? ""), enabled: shown !== null });
  const goingOn = test.data !== undefined && isGoingOn(test.data);
  const right = typeof days === "number" && days >= 1 && days <= MOST_DAYS;
  const ask = async (request: () => Promise<{ id: string }>) => {
    setBusy(true);
    try {
      setChosen((await request()).id);
      await client.invalidateQueries({ queryKey: backtestsKey(flow) });
      if (shown) await client.invalidateQueries({ queryKey: backtestQuery(shown).queryKey });
    } catch (error) {
      toastError(error);
    } finally {
      setBusy(false);
    }
  };
  if (list.isError) return <ErrorState error={list.error} onRetry={() => list.refetch()} />;
  return (
    <div className={classes.panel}>
      <div className={classes.ask}>
        <NumberInput
          label={t("automation.backtest_days")}
          min={1}
          max={MOST_DAYS}
          allowDecimal={false}
          value={days}
          onChange={setDays}
          className={classes.days}
        />
        {may && (
          <Button
            leftSection={<History size={15} />}
            loading={busy}
            disabled={!right || goingOn}
            onClick={() => ask(() => beginBacktest(flow, Number(days), definition))}
          >
            {t("automation.backtest_run")}
          </Button>
        )}
        {list.data && list.data.length > 1 && (
          <Select
            label={t("automation.backtest_earlier")}
            allowDeselect={false}
            data={list.data.map((one) => ({
              value: one.id,
              label: t("automation.backtest_entry", { time: formatDateTime(one.created_at), days: one.days }),
            }))}
            value={shown}
            onChange={setChosen}
            className={classes.earlier}
          />
        )}
      </div>
      <p className={classes.help}>{t("automation.backtest_help")}</p>
      {shown === null && list.data && (
        <EmptyState title={t("automation.backtest_none")}>{t("automation.backtest_none_text")}</EmptyState>
      )}
      {shown !== null && test.isPending && <RowsSkeleton rows={6} height={40} />}
      {test.isError && shown !== null && <ErrorState error={test.error} onRetry={() => test.refetch()} />}
      {test.data && goingOn && (
        <div className={classes.progress} role="status">
          <Progress
            value={test.data.total > 0 ? (test.data.done / test.data.total) * 100 : 0}
            striped
            animated
            aria-label={t("automation.backtest_at_work")}
          />
          <div className={classes.ask}>
            <span>
              {test.data.total > 0
                ? t("automation.backtest_progress", {
                    done: formatNumber(test.data.done),
                    total: formatNumber(test.data.total),
                  })
                : t("automation.backtest_at_work")}
            </span>
            {may && (
              <Button
                variant="default"
                size="xs"
                loading={busy}
                onClick={() => ask(() => cancelBacktest(test.data.id))}
              >
                {t("automation.backtest_cancel")}
              </Button>
            )}
          </div>
        </div>
      )}
      {test.data?.state === "cancelled" && <Alert color="gray">{t("automation.backtest_cancelled")}</Alert>}
      {test.data?.error && <Alert color="red">{test.data.error.message}</Alert>}
      {test.data && <BacktestOutcome key={test.data.id} test={test.data} palette={palette} />}
    </div>
  );
}
