/** Who is and was asked, step by step and round by round. */
import { Button } from "@mantine/core";
import { useTranslation } from "react-i18next";
import type { ApprovalTask } from "@/api/types";
import { formatDateTime } from "@/lib/format";
import { Avatar } from "@/ui/avatar";
import { Chip } from "@/ui/chip";
import classes from "./approvals.module.css";
import { sideBySide } from "./side-by-side";
import { Ways } from "./ways";
import { standsIn, TASK_HUES, type Visit, visits } from "./words";

interface ProgressProps {
  tasks: ApprovalTask[];
  waiting: boolean;
  /** Gives somebody's task to somebody else; absent for those who may not. */
  onReassign?: ((task: ApprovalTask) => void) | undefined;
}

export function Progress({ tasks, waiting, onReassign }: ProgressProps) {
  const { t } = useTranslation();
  const found = visits(tasks);
  if (found.length === 0 && !waiting) return null;
  return (
    <section className={classes.section}>
      <h2 className={classes.heading}>{t("approvals.steps")}</h2>
      {found.length === 0 && <p className={classes.quiet}>{t("approvals.nobody_yet")}</p>}
      <Ways
        className={classes.way}
        groups={sideBySide(found, (one, other) => one.round !== other.round)}
        keyOf={keyOf}
      >
        {(visit) => <OneVisit key={keyOf(visit)} visit={visit} onReassign={onReassign} />}
      </Ways>
    </section>
  );
}

const keyOf = ({ node, round }: Visit) => `${node}/${round}`;

function OneVisit({ visit, onReassign }: { visit: Visit } & Pick<ProgressProps, "onReassign">) {
  const { t } = useTranslation();
  const kind = t(`approvals.kind_${visit.kind}`);
  return (
    <li
      className={classes.wayStep}
      data-open={visit.tasks.some(({ state }) => state === "open") || undefined}
    >
      <div className={classes.stepHead}>
        <strong title={visit.label}>{visit.label}</strong>
        {visit.label !== kind && <Chip>{kind}</Chip>}
        {visit.round > 1 && (
          <span className={classes.quiet}>{t("approvals.round", { round: visit.round })}</span>
        )}
      </div>
      <ul className={classes.tasks}>
        {visit.tasks.map((task) => (
          <OneTask key={task.id} task={task} onReassign={onReassign} />
        ))}
      </ul>
    </li>
  );
}

function OneTask({ task, onReassign }: { task: ApprovalTask } & Pick<ProgressProps, "onReassign">) {
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
          {task.assignee.stands_in.length > 0 && (
            <span className={classes.quiet}>{standsIn(t, task.assignee)}</span>
          )}
          <Chip hue={task.kind === "cc" ? "slate" : TASK_HUES[task.state]}>
            {t(`approvals.task_${word}`)}
          </Chip>
          {times.length > 0 && <span className={classes.quiet}>{times.join(" · ")}</span>}
          {onReassign && task.kind !== "cc" && (task.state === "open" || task.state === "queued") && (
            <Button
              className={classes.unprinted}
              size="compact-xs"
              variant="subtle"
              aria-label={t("approvals.reassign_task", { name: task.assignee.title ?? "—" })}
              onClick={() => onReassign(task)}
            >
              {t("approvals.act_reassign")}
            </Button>
          )}
        </div>
        {task.comment && <p className={classes.said}>{task.comment}</p>}
      </div>
    </li>
  );
}
