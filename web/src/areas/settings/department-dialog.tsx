/** One small dialog for the three things done to a department: add, edit, move. */
import { Button, Group, Input, Modal, NumberInput, Select, Stack, TextInput } from "@mantine/core";
import { useQueryClient } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import type { Reference } from "@/api/types";
import { useObject } from "@/lib/catalog";
import { createRecord, recordKeys, updateRecord } from "@/lib/records";
import { useSubmit } from "@/lib/use-submit";
import { RecordPicker } from "@/records/lookup/record-picker";
import { FormProblem } from "@/ui/form-problem";
import { branchOf, type Department, departmentOptions } from "./people";

export type DepartmentTask =
  | { kind: "add"; parent: Department | null }
  | { kind: "edit"; department: Department }
  | { kind: "move"; department: Department };

const TITLES = {
  add: "settings.department_add",
  edit: "organisation.department_edit",
  move: "settings.department_move",
} as const;
const AT_WORK = { field: "status", op: "ne", value: "left" };

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
  const people = useObject("member");
  const [head, setHead] = useState<Reference | null>(subject?.head ?? null);
  const [position, setPosition] = useState<number | string>(subject?.position ?? 100);
  const { busy, problem, fields, submit } = useSubmit();
  const forbidden = subject ? branchOf(departments, subject.id) : new Set<string>();
  const parents = departmentOptions(departments).filter(({ value }) => !forbidden.has(value));

  const onSubmit = async (event: FormEvent) => {
    event.preventDefault();
    const own = { name, head: head?.id ?? null, position: position === "" ? null : Number(position) };
    const values = task.kind === "move" ? { parent } : task.kind === "edit" ? own : { ...own, parent };
    const done = await submit(() =>
      subject ? updateRecord("department", subject.id, values) : createRecord("department", values),
    );
    if (!done) return;
    await client.invalidateQueries({ queryKey: recordKeys.of("department") });
    onClose();
  };

  return (
    <Modal opened onClose={onClose} title={t(TITLES[task.kind], { name: subject?.name })} size={420}>
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
          {task.kind !== "edit" && (
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
          {task.kind !== "move" && people && (
            <Input.Wrapper label={t("organisation.head")} error={fields.head}>
              <RecordPicker
                object={people}
                people
                clearable
                value={head}
                where={AT_WORK}
                onPick={setHead}
                aria-label={t("organisation.head")}
              />
            </Input.Wrapper>
          )}
          {task.kind !== "move" && (
            <NumberInput
              label={t("organisation.order")}
              description={t("organisation.order_text")}
              allowDecimal={false}
              value={position}
              error={fields.position}
              onChange={setPosition}
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
