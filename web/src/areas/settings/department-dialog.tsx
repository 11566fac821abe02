/** One small dialog for the three things done to a department: add, rename, move. */
import { Button, Group, Modal, Select, Stack, TextInput } from "@mantine/core";
import { useQueryClient } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import { createRecord, recordKeys, updateRecord } from "@/lib/records";
import { useSubmit } from "@/lib/use-submit";
import { FormProblem } from "@/ui/form-problem";
import { branchOf, type Department, departmentOptions } from "./people";

export type DepartmentTask =
  | { kind: "add"; parent: Department | null }
  | { kind: "rename"; department: Department }
  | { kind: "move"; department: Department };

export function DepartmentDialog({
  task,
  departments,
  onClose,
}: {
  task: DepartmentTask;
  departments: Department[];
  onClose: () => void;
}) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const subject = task.kind === "add" ? null : task.department;
  const [name, setName] = useState(subject?.name ?? "");
  const [parent, setParent] = useState<string | null>(
    task.kind === "add" ? (task.parent?.id ?? null) : (task.department.parent?.id ?? null),
  );
  const { busy, problem, fields, submit } = useSubmit();
  const forbidden = subject ? branchOf(departments, subject.id) : new Set<string>();
  const parents = departmentOptions(departments).filter(({ value }) => !forbidden.has(value));

  const onSubmit = async (event: FormEvent) => {
    event.preventDefault();
    const values = task.kind === "move" ? { parent } : task.kind === "rename" ? { name } : { name, parent };
    const done = await submit(() =>
      subject ? updateRecord("department", subject.id, values) : createRecord("department", values),
    );
    if (!done) return;
    await client.invalidateQueries({ queryKey: recordKeys.of("department") });
    onClose();
  };

  return (
    <Modal
      opened
      onClose={onClose}
      title={t(`settings.department_${task.kind}`, { name: subject?.name })}
      size={420}
    >
      <form onSubmit={onSubmit}>
        <Stack gap="sm">
          <FormProblem text={problem} />
          {task.kind !== "move" && (
            <TextInput
              label={t("settings.department_name")}
              required
              data-autofocus
              value={name}
              error={fields.name}
              onChange={(event) => setName(event.currentTarget.value)}
            />
          )}
          {task.kind !== "rename" && (
            <Select
              label={t("settings.parent")}
              placeholder={t("settings.top_level")}
              data={parents}
              searchable
              clearable
              value={parent}
              error={fields.parent}
              onChange={setParent}
            />
          )}
          <Group justify="flex-end" gap="xs" mt="xs">
            <Button variant="default" onClick={onClose}>
              {t("ui.cancel")}
            </Button>
            <Button type="submit" loading={busy}>
              {t("ui.save")}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
