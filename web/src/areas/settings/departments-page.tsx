/** The tree of departments with the people in each; departments are added, renamed and moved in place. */
import { ActionIcon, Button, Menu } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { Ellipsis, FolderInput, Network, Pencil, Plus, Trash2 } from "lucide-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useObject } from "@/lib/catalog";
import { can } from "@/lib/rights";
import { usePageTitle } from "@/lib/use-page-title";
import { Page, PageHeader } from "@/ui/page";
import { EmptyState, ErrorState, RowsSkeleton } from "@/ui/states";
import { DepartmentDialog, type DepartmentTask } from "./department-dialog";
import classes from "./departments-page.module.css";
import { type Department, departmentsQuery, headCounts, inTreeOrder, membersQuery } from "./people";
import { useDeleteDepartment } from "./use-delete-department";

export function DepartmentsPage() {
  const { t } = useTranslation();
  const departments = useQuery(departmentsQuery());
  const members = useQuery(membersQuery());
  const object = useObject("department");
  const [task, setTask] = useState<DepartmentTask | null>(null);
  const edits = can(object, "edit");
  usePageTitle(t("settings.departments"));
  const counts = headCounts(departments.data ?? [], members.data ?? []);

  return (
    <Page
      width={760}
      header={
        <PageHeader
          title={t("settings.departments")}
          actions={
            can(object, "create") && (
              <Button leftSection={<Plus size={16} />} onClick={() => setTask({ kind: "add", parent: null })}>
                {t("settings.add_department")}
              </Button>
            )
          }
        />
      }
    >
      {departments.isError ? (
        <ErrorState error={departments.error} onRetry={() => departments.refetch()} />
      ) : departments.isPending ? (
        <RowsSkeleton rows={6} height={44} />
      ) : departments.data.length === 0 ? (
        <EmptyState title={t("settings.no_departments")}>{t("settings.no_departments_text")}</EmptyState>
      ) : (
        <ul className={classes.tree}>
          {inTreeOrder(departments.data).map(({ department, depth }) => {
            const count = counts.get(department.id);
            return (
              <li key={department.id} className={classes.row} style={{ paddingLeft: 16 + depth * 28 }}>
                <Network size={16} strokeWidth={1.75} className={classes.icon} aria-hidden />
                <span className={classes.name}>{department.name}</span>
                <span className={classes.count}>
                  {t("settings.people", { count: count?.all ?? 0 })}
                  {count && count.own !== count.all && ` (${t("settings.people_own", { count: count.own })})`}
                </span>
                {edits && <DepartmentMenu department={department} onTask={setTask} />}
              </li>
            );
          })}
        </ul>
      )}
      {task && (
        <DepartmentDialog task={task} departments={departments.data ?? []} onClose={() => setTask(null)} />
      )}
    </Page>
  );
}

function DepartmentMenu({
  department,
  onTask,
}: {
  department: Department;
  onTask: (task: DepartmentTask) => void;
}) {
  const { t } = useTranslation();
  const remove = useDeleteDepartment();
  return (
    <Menu position="bottom-end">
      <Menu.Target>
        <ActionIcon
          variant="subtle"
          color="gray"
          aria-label={t("settings.actions_of", { name: department.name })}
        >
          <Ellipsis size={16} />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item
          leftSection={<Plus size={16} />}
          onClick={() => onTask({ kind: "add", parent: department })}
        >
          {t("settings.add_below")}
        </Menu.Item>
        <Menu.Item leftSection={<Pencil size={16} />} onClick={() => onTask({ kind: "rename", department })}>
          {t("settings.rename")}
        </Menu.Item>
        <Menu.Item
          leftSection={<FolderInput size={16} />}
          onClick={() => onTask({ kind: "move", department })}
        >
          {t("settings.move")}
        </Menu.Item>
        <Menu.Item color="red" leftSection={<Trash2 size={16} />} onClick={() => remove(department)}>
          {t("ui.delete")}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
