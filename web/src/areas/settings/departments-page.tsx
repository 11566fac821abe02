/** The tree of departments with the people in each; departments are added, edited and moved in place. */
import { ActionIcon, Button, Menu } from "@mantine/core";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { Ellipsis, FileUp, FolderInput, Network, Pencil, Plus, Trash2 } from "lucide-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useObject } from "@/lib/catalog";
import { recordKeys, updateRecord } from "@/lib/records";
import { can, useSystemRight } from "@/lib/rights";
import { useToday } from "@/lib/today";
import { usePageTitle } from "@/lib/use-page-title";
import { currentWorkspace } from "@/lib/workspace";
import { Page, PageHeader } from "@/ui/page";
import { EmptyState, ErrorState, RowsSkeleton } from "@/ui/states";
import { toastError } from "@/ui/toast";
import { showUndo } from "@/ui/undo-toast";
import { DepartmentDialog, type DepartmentTask } from "./department-dialog";
import classes from "./departments-page.module.css";
import { DepartmentRow, TopTarget } from "./organisation/department-row";
import { onPhoneIconOnly } from "./organisation/header-button";
import {
  branchOf,
  type Department,
  departmentsQuery,
  headCounts,
  inTreeOrder,
  lasts,
  membersQuery,
  positionsQuery,
} from "./people";
import { useDeleteDepartment } from "./use-delete-department";

export function DepartmentsPage() {
  const { t } = useTranslation();
  const client = useQueryClient();
  const departments = useQuery(departmentsQuery());
  const members = useQuery(membersQuery());
  const object = useObject("department");
  const manages = useSystemRight("members");
  const [task, setTask] = useState<DepartmentTask | null>(null);
  const edits = can(object, "edit") && manages;
  usePageTitle(t("settings.departments"));
  const day = useToday();
  const positions = useQuery(positionsQuery(day));
  const held = (positions.data ?? []).filter((position) => lasts(position, day));
  const counts = headCounts(departments.data ?? [], members.data ?? [], held);
  const ws = currentWorkspace();

  const move = async (id: string, parent: string | null) => {
    const name = departments.data?.find((one) => one.id === id)?.name;
    try {
      const { _change_set } = await updateRecord("department", id, { parent });
      showUndo(t("organisation.moved", { name }), _change_set);
    } catch (error) {
      toastError(error);
    }
    await client.invalidateQueries({ queryKey: recordKeys.of("department") });
  };
  const imports = edits && can(object, "import") && (
    <Button
      variant="default"
      leftSection={<FileUp size={16} />}
      classNames={onPhoneIconOnly}
      aria-label={t("organisation.import")}
      renderRoot={(props) => (
        <Link to="/w/$ws/import" params={{ ws }} search={{ object: "department" }} {...props} />
      )}
    >
      {t("organisation.import")}
    </Button>
  );
  const adds = can(object, "create") && manages && (
    <Button
      leftSection={<Plus size={16} />}
      classNames={onPhoneIconOnly}
      aria-label={t("settings.add_department")}
      onClick={() => setTask({ kind: "add", parent: null })}
    >
      {t("settings.add_department")}
    </Button>
  );
  return (
    <Page
      header={
        <PageHeader
          title={t("settings.departments")}
          actions={
            <>
              <Button
                variant="default"
                leftSection={<Network size={16} />}
                classNames={onPhoneIconOnly}
                aria-label={t("organisation.chart")}
                renderRoot={(props) => <Link to="/w/$ws/settings/organisation" params={{ ws }} {...props} />}
              >
                {t("organisation.chart")}
              </Button>
              {imports}
              {adds}
            </>
          }
        />
      }
    >
      {departments.isError ? (
        <ErrorState error={departments.error} onRetry={() => departments.refetch()} />
      ) : departments.isPending ? (
        <RowsSkeleton rows={6} height={44} />
      ) : departments.data.length === 0 ? (
        <EmptyState title={t("settings.no_departments")}>
          {t("settings.no_departments_text")}
          {imports && ` ${t("organisation.no_departments_way")}`}
        </EmptyState>
      ) : (
        <>
          <ul className={classes.tree}>
            {inTreeOrder(departments.data).map(({ department, depth }) => (
              <DepartmentRow
                key={department.id}
                department={department}
                depth={depth}
                count={counts.get(department.id)}
                movable={edits}
                takes={(id) => !branchOf(departments.data, id).has(department.id)}
                onTake={(id) => move(id, department.id)}
              >
                {edits && <DepartmentMenu department={department} onTask={setTask} />}
              </DepartmentRow>
            ))}
          </ul>
          {edits && <TopTarget onDrop={(id) => move(id, null)} />}
        </>
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
        <Menu.Item leftSection={<Pencil size={16} />} onClick={() => onTask({ kind: "edit", department })}>
          {t("organisation.edit")}
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
