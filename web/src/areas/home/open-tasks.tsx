/** Open tasks, overdue first, to be ticked off in place. */
import { UnstyledButton } from "@mantine/core";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { Circle } from "lucide-react";
import { useTranslation } from "react-i18next";
import type { AboutReference, RecordRow, Reference } from "@/api/types";
import { useObject } from "@/lib/catalog";
import { formatDateTime, formatRelative } from "@/lib/format";
import { bulkRecords, queryRecords, recordKeys } from "@/lib/records";
import { can } from "@/lib/rights";
import { currentWorkspace } from "@/lib/workspace";
import { EmptyState } from "@/ui/states";
import { toastError } from "@/ui/toast";
import { showUndo } from "@/ui/undo-toast";
import { Card } from "./card";
import classes from "./home-page.module.css";
import { More } from "./more";
import { openTasks } from "./questions";
import type { Viewpoint } from "./whose";

export function OpenTasks({ view }: { view: Viewpoint }) {
  const { t } = useTranslation();
  const asked = openTasks(view.filter);
  const query = useQuery({
    queryKey: recordKeys.page("task", asked),
    queryFn: ({ signal }) => queryRecords("task", asked, signal),
  });
  return (
    <Card
      title={t(view.whose === "mine" ? "home.my_tasks" : "home.department_tasks")}
      query={query}
      more={<More object="task" where={asked.where} />}
    >
      {({ rows }) =>
        rows.length === 0 ? (
          <EmptyState compact title={t("home.no_tasks")}>
            {t("home.no_tasks_text")}
          </EmptyState>
        ) : (
          rows.map((task) => <TaskRow key={task.id} task={task} named={view.whose === "department"} />)
        )
      }
    </Card>
  );
}

/** `named`: with the person whose task it is. */
function TaskRow({ task, named }: { task: RecordRow; named: boolean }) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const ws = currentWorkspace();
  const about = task.about as AboutReference | null;
  const owner = task.owner as Reference | null;
  const due = task.due_at as string | null;
  const late = due !== null && due !== undefined && new Date(due) < new Date();
  const completes = can(useObject("task"), "edit");
  const complete = useMutation({
    mutationFn: () => bulkRecords("task", { op: "update", ids: [task.id], values: { status: "done" } }),
    onSuccess: ({ change_set }) => {
      showUndo(t("home.task_done", { subject: task.subject }), change_set);
      return client.invalidateQueries({ queryKey: recordKeys.of("task") });
    },
    onError: toastError,
  });
  return (
    <div className={classes.row}>
      <UnstyledButton
        className={classes.check}
        disabled={complete.isPending || !completes}
        onClick={() => complete.mutate()}
        aria-label={t("home.complete", { subject: task.subject })}
      >
        <Circle size={18} strokeWidth={1.75} />
      </UnstyledButton>
      <span className={classes.grow}>
        <Link className={classes.link} to="/w/$ws/o/$object/$id" params={{ ws, object: "task", id: task.id }}>
          {String(task.subject)}
        </Link>
        {about?.title && <span className={classes.quiet}> · {about.title}</span>}
        {named && owner?.title && <span className={classes.quiet}> · {owner.title}</span>}
      </span>
      {due && (
        <span className={late ? classes.late : classes.due} title={formatDateTime(due)}>
          {late && `${t("home.late")} · `}
          {formatRelative(due)}
        </span>
      )}
    </div>
  );
}
