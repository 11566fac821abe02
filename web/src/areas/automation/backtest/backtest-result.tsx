/** What would have happened: figures first, then warnings, load, people, steps and the runs one by one. */
import { Alert } from "@mantine/core";
import { Info, TriangleAlert } from "lucide-react";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import type { BacktestDetails, BacktestResult } from "@/api/types";
import { findObject, useCatalog } from "@/lib/catalog";
import { formatDateTime, formatNumber } from "@/lib/format";
import { label } from "@/lib/label";
import { RecordLink } from "@/records/lookup/record-link";
import shared from "../automation.module.css";
import { type Definition, type Palette, readDefinition } from "../model";
import { portName } from "../port-name";
import classes from "./backtest.module.css";
import { BacktestRuns } from "./backtest-runs";
import { DayBars } from "./day-bars";
import { deedName, nodeName, triggerName } from "./words";

const PEOPLE = 10;

export function BacktestOutcome({ test, palette }: { test: BacktestDetails; palette: Palette }) {
  const { t } = useTranslation();
  const { result } = test;
  if (!result) return null;
  const definition = readDefinition(test.definition);
  return (
    <div className={classes.result}>
      <p className={shared.sentence} role="status">
        {t("automation.backtest_headline", {
          count: result.starts,
          days: test.days,
          records: result.records,
        })}
        {result.foreign > 0 && ` ${t("automation.backtest_foreign", { count: result.foreign })}`}
      </p>
      <Figures result={result} />
      {result.warnings.length > 0 && (
        <Notes icon={<TriangleAlert size={16} />} color="orange" title={t("automation.backtest_warnings")}>
          {result.warnings.map(({ says }) => says)}
        </Notes>
      )}
      {result.starts > 0 && (
        <>
          <h2 className={shared.heading}>{t("automation.backtest_per_day")}</h2>
          <DayBars days={result.days} since={result.since} until={result.until} />
          {result.peak && (
            <p className={shared.quiet}>
              {t("automation.backtest_peak", {
                time: formatDateTime(result.peak.at),
                count: result.peak.count,
              })}
            </p>
          )}
        </>
      )}
      <div className={classes.columns}>
        <Triggers result={result} definition={definition} palette={palette} />
        <Deeds result={result} />
        <People result={result} />
        <Steps result={result} definition={definition} palette={palette} />
        <Often result={result} object={test.object} />
      </div>
      {result.runs.length > 0 && (
        <>
          <h2 className={shared.heading}>{t("automation.backtest_runs")}</h2>
          {result.starts > result.runs.length && (
            <p className={shared.quiet}>{t("automation.backtest_latest", { count: result.runs.length })}</p>
          )}
          <BacktestRuns result={result} object={test.object} definition={definition} palette={palette} />
        </>
      )}
      {result.hints.length > 0 && (
        <Notes icon={<Info size={16} />} color="gray" title={t("automation.backtest_hints")}>
          {result.hints.map(({ says }) => says)}
        </Notes>
      )}
    </div>
  );
}

function Figures({ result }: { result: BacktestResult }) {
  const { t } = useTranslation();
  const sum = (...what: string[]) =>
    result.deeds.filter((one) => what.includes(one.what)).reduce((total, { count }) => total + count, 0);
  const figures: [string, number][] = [
    [t("automation.backtest_starts"), result.starts],
    [t("automation.backtest_records"), result.records],
    [t("automation.deed_mail"), sum("mail")],
    [t("automation.deed_notification"), sum("notification", "copy")],
    [t("automation.deed_task"), sum("task", "approval")],
    [
      t("automation.backtest_writes"),
      sum("create", "update", "delete", "assign", "tag", "note", "link", "unlink"),
    ],
    [t("automation.deed_http"), sum("http")],
  ];
  return (
    <dl className={classes.figures}>
      {figures
        .filter(([, count], place) => place < 2 || count > 0)
        .map(([name, count]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{formatNumber(count)}</dd>
          </div>
        ))}
    </dl>
  );
}

function Notes({
  icon,
  color,
  title,
  children,
}: {
  icon: ReactNode;
  color: string;
  title: string;
  children: readonly string[];
}) {
  return (
    <Alert icon={icon} color={color} title={title} mt="md">
      <ul className={classes.notes}>
        {children.map((one) => (
          <li key={one}>{one}</li>
        ))}
      </ul>
    </Alert>
  );
}

function Small({ title, heads, children }: { title: string; heads: readonly string[]; children: ReactNode }) {
  return (
    <section>
      <h2 className={shared.heading}>{title}</h2>
      <div className={shared.frame}>
        <table className={shared.table}>
          <thead>
            <tr>
              {heads.map((head) => (
                <th key={head}>{head}</th>
              ))}
            </tr>
          </thead>
          <tbody>{children}</tbody>
        </table>
      </div>
    </section>
  );
}

interface Parts {
  result: BacktestResult;
  definition: Definition;
  palette: Palette;
}

function Triggers({ result, definition, palette }: Parts) {
  const { t } = useTranslation();
  if (definition.triggers.length < 2 || result.triggers.length === 0) return null;
  return (
    <Small
      title={t("automation.backtest_triggers")}
      heads={[t("automation.trigger"), t("automation.backtest_starts")]}
    >
      {result.triggers.map(({ name, count }) => (
        <tr key={name}>
          <td>{triggerName(definition, palette, name)}</td>
          <td className={shared.number}>{formatNumber(count)}</td>
        </tr>
      ))}
    </Small>
  );
}

/** Records that would have set the flow off again and again. */
function Often({ result, object }: { result: BacktestResult; object: string | null }) {
  const { t } = useTranslation();
  if (result.often.length === 0 || !object) return null;
  return (
    <Small
      title={t("automation.backtest_often")}
      heads={[t("automation.record"), t("automation.backtest_starts")]}
    >
      {result.often.map(({ record, count }) => (
        <tr key={record.id}>
          <td>
            <RecordLink className={shared.name} object={object} id={record.id}>
              {record.title ?? "—"}
            </RecordLink>
          </td>
          <td className={shared.number}>{formatNumber(count)}</td>
        </tr>
      ))}
    </Small>
  );
}

function Deeds({ result }: { result: BacktestResult }) {
  const { t } = useTranslation();
  const catalog = useCatalog();
  if (result.deeds.length === 0) return null;
  return (
    <Small
      title={t("automation.backtest_deeds")}
      heads={[t("automation.backtest_what"), t("automation.backtest_count")]}
    >
      {result.deeds.map(({ what, object, count }) => (
        <tr key={`${what} ${object}`}>
          <td>
            {deedName(what, t)}
            {object && what !== "task" && what !== "note" && (
              <span className={shared.quiet}> {label(findObject(catalog, object)?.label) || object}</span>
            )}
          </td>
          <td className={shared.number}>{formatNumber(count)}</td>
        </tr>
      ))}
    </Small>
  );
}

function People({ result }: { result: BacktestResult }) {
  const { t } = useTranslation();
  if (result.people.length === 0 && result.outside === 0) return null;
  return (
    <Small
      title={t("automation.backtest_people")}
      heads={[t("automation.backtest_member"), t("automation.backtest_gets")]}
    >
      {result.people.slice(0, PEOPLE).map(({ member, counts }) => (
        <tr key={member.id}>
          <td>{member.title ?? "—"}</td>
          <td>
            {Object.entries(counts)
              .map(([what, count]) => `${deedName(what, t)} ${formatNumber(count)}`)
              .join(" · ")}
          </td>
        </tr>
      ))}
      {result.people.length > PEOPLE && (
        <tr>
          <td colSpan={2} className={shared.quiet}>
            {t("automation.backtest_more_people", { count: result.people.length - PEOPLE })}
          </td>
        </tr>
      )}
      {result.outside > 0 && (
        <tr>
          <td>{t("automation.backtest_outside")}</td>
          <td>{`${deedName("mail", t)} ${formatNumber(result.outside)}`}</td>
        </tr>
      )}
    </Small>
  );
}

function Steps({ result, definition, palette }: Parts) {
  const { t } = useTranslation();
  if (result.nodes.length === 0) return null;
  return (
    <Small
      title={t("automation.backtest_steps")}
      heads={[t("automation.backtest_step"), t("automation.backtest_came"), t("automation.backtest_went")]}
    >
      {result.nodes.map(({ node, came, waiting, failed, ports }) => {
        const one = definition.nodes.find(({ id }) => id === node);
        const kind = palette.steps.find(({ key }) => key === one?.kind);
        const ways = Object.entries(ports).map(
          ([port, count]) => `${one ? portName(one, port, kind, t) : port} ${formatNumber(count)}`,
        );
        return (
          <tr key={node}>
            <td>{nodeName(definition, palette, node)}</td>
            <td className={shared.number}>{formatNumber(came)}</td>
            <td>
              {[
                ...(ways.length > 1 || (one && Object.keys(one.next).length > 1) ? ways : []),
                ...(waiting > 0 ? [t("automation.backtest_waiting", { count: waiting })] : []),
                ...(failed > 0 ? [t("automation.backtest_failed", { count: failed })] : []),
              ].join(" · ")}
            </td>
          </tr>
        );
      })}
    </Small>
  );
}
