/** Four numbers of the day, each a link to the records behind it. */
import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import type { Filter } from "@/api/types";
import { formatNumber } from "@/lib/format";
import { useMe } from "@/lib/me";
import { moneyParts, moneyPartsText, moneySumText } from "@/lib/money-sums";
import { countRecords, groupRecords, recordKeys } from "@/lib/records";
import { currentWorkspace } from "@/lib/workspace";
import classes from "./home-page.module.css";
import { closingThisMonth, dueToday, open, overdue, sumOf } from "./questions";
import type { Viewpoint } from "./whose";

export function KeyFigures({
  tasks,
  opportunities,
  view,
}: {
  tasks: boolean;
  opportunities: boolean;
  view: Viewpoint;
}) {
  const { t } = useTranslation();
  return (
    <div className={classes.figures}>
      {tasks && <TaskFigure name={t("home.overdue")} kind="overdue" view={view} alarm />}
      {tasks && <TaskFigure name={t("home.due_today")} kind="today" view={view} />}
      {opportunities && <SumFigure name={t("home.open_opportunities")} where={open(view.filter)} />}
      {opportunities && (
        <SumFigure name={t("home.closing_this_month")} where={closingThisMonth(view.filter)} />
      )}
    </div>
  );
}

function TaskFigure({
  name,
  kind,
  view,
  alarm,
}: {
  name: string;
  kind: "overdue" | "today";
  view: Viewpoint;
  alarm?: boolean;
}) {
  const { t } = useTranslation();
  const asked = () => (kind === "overdue" ? overdue(view.filter, new Date()) : dueToday(view.filter));
  const { data, isError } = useQuery({
    queryKey: [...recordKeys.of("task"), "count", kind, view.whose],
    queryFn: ({ signal }) => countRecords("task", asked(), undefined, signal),
  });
  return (
    <Figure
      object="task"
      where={asked()}
      name={name}
      value={isError ? "—" : data && formatNumber(data.count)}
      note={t(view.whose === "mine" ? "home.tasks_note" : "home.tasks_note_department")}
      alarm={alarm && (data?.count ?? 0) > 0}
    />
  );
}

function SumFigure({ name, where }: { name: string; where: Filter }) {
  const { t } = useTranslation();
  const { workspace } = useMe();
  const request = sumOf(where);
  const { data, isError } = useQuery({
    queryKey: recordKeys.group("opportunity", request),
    queryFn: ({ signal }) => groupRecords("opportunity", request, signal),
  });
  const parts = moneyParts(data?.totals.values[0] ?? 0, workspace.currency);
  return (
    <Figure
      object="opportunity"
      where={where}
      name={name}
      value={isError ? "—" : data && moneySumText(parts, "short")}
      hint={parts.length > 1 ? moneyPartsText(parts) : undefined}
      note={data && t("home.opportunity_count", { count: data.totals.count })}
    />
  );
}

function Figure({
  object,
  where,
  name,
  value,
  hint,
  note,
  alarm,
}: {
  object: string;
  where: Filter;
  name: string;
  value: ReactNode;
  hint?: string;
  note?: ReactNode;
  alarm?: boolean;
}) {
  return (
    <Link
      to="/w/$ws/o/$object"
      params={{ ws: currentWorkspace(), object }}
      search={{ type: "table", where }}
      className={classes.figure}
    >
      <span className={classes.figureName}>{name}</span>
      <span className={classes.figureValue} data-alarm={alarm} title={hint}>
        {value}
      </span>
      <span className={classes.figureNote}>{note}</span>
    </Link>
  );
}
