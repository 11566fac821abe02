/** The way that a run would take: step by step when, what would become of it, and what would be done. */
import { useTranslation } from "react-i18next";
import type { BacktestLine } from "@/api/types";
import { formatDateTime } from "@/lib/format";
import { Chip, hueStyle } from "@/ui/chip";
import shared from "../automation.module.css";
import { type Definition, type Palette, portsOf } from "../model";
import { PartIcon } from "../part-icon";
import { portName } from "../port-name";
import { OUTCOME_HUES } from "../run-words";
import classes from "./backtest.module.css";
import { nodeName } from "./words";

export interface WayProps {
  lines: readonly BacktestLine[];
  more: number;
  definition: Definition;
  palette: Palette;
}

export function Way({ lines, more, definition, palette }: WayProps) {
  const { t } = useTranslation();
  if (lines.length === 0) return <p className={shared.quiet}>{t("automation.backtest_no_steps")}</p>;
  return (
    <>
      <ol className={shared.path}>
        {lines.map((line, place) => {
          const node = definition.nodes.find(({ id }) => id === line.node);
          const kind = palette.steps.find((one) => one.key === node?.kind);
          const hue = OUTCOME_HUES[line.outcome] ?? "slate";
          const several = node && kind && portsOf(node, kind).length > 1;
          return (
            // biome-ignore lint/suspicious/noArrayIndexKey: lines are told once and never move
            <li key={place} className={shared.step}>
              <span className={shared.sign} style={hueStyle(hue)}>
                <PartIcon name={kind?.icon ?? "box"} />
              </span>
              <div className={shared.stepBody}>
                <div className={shared.stepHead}>
                  <strong>{nodeName(definition, palette, line.node)}</strong>
                  <Chip hue={hue}>
                    {t(`automation.outcome_${line.outcome}`, { defaultValue: line.outcome })}
                  </Chip>
                  {several && line.port && (
                    <span className={shared.quiet}>→ {portName(node, line.port, kind, t)}</span>
                  )}
                  <time className={shared.quiet} dateTime={line.at}>
                    {formatDateTime(line.at)}
                  </time>
                </div>
                {line.until && (
                  <div className={shared.quiet}>
                    {t("automation.token_until", { time: formatDateTime(line.until) })}
                  </div>
                )}
                {line.does.map((deed, number) => (
                  // biome-ignore lint/suspicious/noArrayIndexKey: as above
                  <div key={number} className={classes.deed}>
                    <div>{deed.says}</div>
                    {deed.values.length > 0 && (
                      <dl className={classes.values}>
                        {deed.values.map((value) => (
                          <div key={value.name}>
                            <dt>{value.name}</dt>
                            <dd>
                              {value.old !== null && <s>{value.old}</s>}
                              {value.old !== null && " → "}
                              {value.new ?? "—"}
                            </dd>
                          </div>
                        ))}
                      </dl>
                    )}
                  </div>
                ))}
                {line.unseen > 0 && (
                  <div className={shared.quiet}>{t("automation.unseen", { count: line.unseen })}</div>
                )}
                {line.error && <p className={shared.problem}>{line.error.message}</p>}
              </div>
            </li>
          );
        })}
      </ol>
      {more > 0 && <p className={shared.quiet}>{t("automation.backtest_more_lines", { count: more })}</p>}
    </>
  );
}
