/** Who is and was asked, step by step and round by round. */
import { useTranslation } from "react-i18next";
import type { ApprovalTask } from "@/api/types";
import { formatDateTime } from "@/lib/format";
import { Avatar } from "@/ui/avatar";
import { Chip } from "@/ui/chip";
import classes from "./approvals.module.css";
import { TASK_HUES, type Visit, visits } from "./words";

export function Progress({ tasks, waiting }: { tasks: ApprovalTask[]; waiting: boolean }) {
  const { t } = useTranslation();
  const found = visits(tasks);
  if (found.length === 0 && !waiting) return null;
  return (
    <section className={classes.section}>
      <h2 className={classes.heading}>{t("approvals.steps")}</h2>
      {found.length === 0 && <p className={classes.quiet}>{t("approvals.nobody_yet")}</p>}
      <ol className={classes.way}>
        {found.map((visit) => (
          <OneVisit key={`${visit.node}/${visit.round}`} visit={visit} />
        ))}
      </ol>
    </section>
  );
}

function OneVisit({ visit }: { visit: Visit }) {
  const { t } = useTranslation();
  const kind = t(`approvals.kind_${visit.kind}`);
  return (
    <li
      className={classes.wayStep}
      data-open={visit.tasks.some(({ state }) => state === "open") || undefined}
    >
      <div className={classes.stepHead}>
        <strong>{visit.label}</strong>
        {visit.label !== kind && <Chip>{kind}</Chip>}
        {visit.round > 1 && (
          <span className={classes.quiet}>{t("approvals.round", { round: visit.round })}</span>
        )}
      </div>
      <ul className={classes.tasks}>
        {visit.tasks.map((task) => (
          <OneTask key={task.id} task={task} />
        ))}
      </ul>
    </li>
  );
}

function OneTask({ task }: { task: ApprovalTask }) {
  const { t } = useTranslation();
  const instead = task.acted_by && task.acted_by.id !== task.assignee.id ? task.acted_by : null;
  const word =
    task.kind === "cc"
      ? "told"
      : task.kind === "handle" && task.state === "approved"
        ? "handled"
        : task.state;
  const times = [
    task.acted_at && formatDateTime(task.acted_at),
    task.state === "open" && task.due_at && t("approvals.due", { time: formatDateTime(task.due_at) }),
    task.state === "open" && task.urged_at && t("approvals.urged"),
  ].filter(Boolean);
  return (
    <li className={classes.task}>
      <Avatar name={(instead ?? task.assignee).title ?? "?"} size={24} />
      <div className={classes.taskBody}>
        <div className={classes.taskHead}>
          <span>{instead ? instead.title : task.assignee.title}</span>
          {instead && task.state !== "transferred" && (
            <span className={classes.quiet}>{t("approvals.instead_of", { name: task.assignee.title })}</span>
          )}
          <Chip hue={task.kind === "cc" ? "slate" : TASK_HUES[task.state]}>
            {t(`approvals.task_${word}`)}
          </Chip>
          {times.length > 0 && <span className={classes.quiet}>{times.join(" · ")}</span>}
        </div>
        {task.comment && <p className={classes.said}>{task.comment}</p>}
      </div>
    </li>
  );
}
