/** Four numbers of the day, each a link to the records behind it. */
import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import type { Filter } from "@/api/types";
import { formatMoneyShort, formatNumber } from "@/lib/format";
import { useMe } from "@/lib/me";
import { countRecords, groupRecords, recordKeys } from "@/lib/records";
import { currentWorkspace } from "@/lib/workspace";
import classes from "./home-page.module.css";
import { asMoney, closingThisMonth, dueToday, open, overdue, sumOf } from "./questions";
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
  const { data, isError } = useQuery({
    queryKey: [...recordKeys.of("task"), "count", kind, view.whose],
    queryFn: ({ signal }) =>
      countRecords(
        "task",
        kind === "overdue" ? overdue(view.filter, new Date()) : dueToday(view.filter),
        undefined,
        signal,
      ),
  });
  return (
    <Figure
      object="task"
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
  return (
    <Figure
      object="opportunity"
      name={name}
      value={isError ? "—" : data && formatMoneyShort(asMoney(data.totals.values[0], workspace.currency))}
      note={data && t("home.opportunity_count", { count: data.totals.count })}
    />
  );
}

function Figure({
  object,
  name,
  value,
  note,
  alarm,
}: {
  object: string;
  name: string;
  value: ReactNode;
  note?: ReactNode;
  alarm?: boolean;
}) {
  return (
    <Link to="/w/$ws/o/$object" params={{ ws: currentWorkspace(), object }} className={classes.figure}>
      <span className={classes.figureName}>{name}</span>
      <span className={classes.figureValue} data-alarm={alarm}>
        {value}
      </span>
      <span className={classes.figureNote}>{note}</span>
    </Link>
  );
}
