/** The runs that would have begun, one by one: about which record, when, and on demand the way of each. */
import { Button } from "@mantine/core";
import { ChevronDown, ChevronRight } from "lucide-react";
import { Fragment, useState } from "react";
import { useTranslation } from "react-i18next";
import type { BacktestResult } from "@/api/types";
import { formatDateTime } from "@/lib/format";
import { RecordLink } from "@/records/lookup/record-link";
import { Chip } from "@/ui/chip";
import shared from "../automation.module.css";
import type { Definition, Palette } from "../model";
import classes from "./backtest.module.css";
import { Way } from "./way";
import { STATE_HUES, triggerName } from "./words";

const SHOWN = 50;

export interface BacktestRunsProps {
  result: BacktestResult;
  object: string | null;
  definition: Definition;
  palette: Palette;
}

export function BacktestRuns({ result, object, definition, palette }: BacktestRunsProps) {
  const { t } = useTranslation();
  const [shown, setShown] = useState(SHOWN);
  const [opened, setOpened] = useState<number | null>(null);
  return (
    <>
      <div className={shared.frame}>
        <table className={shared.table}>
          <thead>
            <tr>
              <th>{t("automation.record")}</th>
              <th>{t("automation.backtest_when")}</th>
              <th className={shared.secondary}>{t("automation.trigger")}</th>
              <th>{t("automation.backtest_end")}</th>
            </tr>
          </thead>
          <tbody>
            {result.runs.slice(0, shown).map((run, place) => {
              const title = run.record?.title ?? "—";
              const isOpen = opened === place;
              return (
                // biome-ignore lint/suspicious/noArrayIndexKey: a result is told once and never changes
                <Fragment key={place}>
                  <tr>
                    <td>
                      <button
                        type="button"
                        className={classes.opener}
                        aria-expanded={isOpen}
                        aria-label={t("automation.backtest_open", { record: title })}
                        onClick={() => setOpened(isOpen ? null : place)}
                      >
                        {isOpen ? <ChevronDown size={16} /> : <ChevronRight size={16} />}
                      </button>
                      {run.record && object ? (
                        <RecordLink className={shared.name} object={object} id={run.record.id}>
                          {title}
                        </RecordLink>
                      ) : (
                        title
                      )}
                    </td>
                    <td className={shared.number}>{formatDateTime(run.at)}</td>
                    <td className={shared.secondary}>{triggerName(definition, palette, run.trigger)}</td>
                    <td>
                      <Chip hue={STATE_HUES[run.state] ?? "slate"} dot>
                        {t(`automation.run_${run.state}`, { defaultValue: run.state })}
                      </Chip>
                    </td>
                  </tr>
                  {isOpen && (
                    <tr>
                      <td colSpan={4} className={classes.opened}>
                        <Way lines={run.way} more={run.more} definition={definition} palette={palette} />
                      </td>
                    </tr>
                  )}
                </Fragment>
              );
            })}
          </tbody>
        </table>
      </div>
      {result.runs.length > shown && (
        <div className={shared.more}>
          <Button variant="default" onClick={() => setShown(shown + SHOWN)}>
            {t("automation.more")}
          </Button>
        </div>
      )}
    </>
  );
}
