/** The additional positions of a member: those that are, and one more. */
import { Button, Group, Modal, Select, Stack, TextInput } from "@mantine/core";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import { createRecord, deleteRecord, recordKeys, updateRecord } from "@/lib/records";
import { useToday } from "@/lib/today";
import { useSubmit } from "@/lib/use-submit";
import { FormProblem } from "@/ui/form-problem";
import { toastError } from "@/ui/toast";
import { showUndo } from "@/ui/undo-toast";
import { departmentOptions, departmentsQuery, type Member, type Position, positionsQuery } from "../people";
import { DayInput } from "./day-input";
import classes from "./organisation.module.css";
import { PeriodLines } from "./period-lines";

const EMPTY = { department: null as string | null, title: "", begins_on: null, ends_on: null };

export function PositionsDialog({ member, onClose }: { member: Member; onClose(): void }) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const departments = useQuery(departmentsQuery());
  const positions = useQuery(positionsQuery(useToday()));
  const [edited, setEdited] = useState<Position | null>(null);
  const [values, setValues] = useState<{
    department: string | null;
    title: string;
    begins_on: string | null;
    ends_on: string | null;
  }>(EMPTY);
  const { busy, problem, fields, submit } = useSubmit();
  const set = (changed: Partial<typeof values>) => setValues((old) => ({ ...old, ...changed }));
  const mine = (positions.data ?? []).filter((one) => one.member.id === member.id);
  const anew = () => client.invalidateQueries({ queryKey: recordKeys.of("position") });

  const clear = () => {
    setEdited(null);
    setValues(EMPTY);
  };
  const edit = (one: Position) => {
    setEdited(one);
    setValues({
      department: one.department.id,
      title: one.title ?? "",
      begins_on: one.begins_on,
      ends_on: one.ends_on,
    });
  };
  const keep = async (event: FormEvent) => {
    event.preventDefault();
    const position = { ...values, title: values.title.trim() || null, member: member.id };
    const done = await submit(() =>
      edited ? updateRecord("position", edited.id, position) : createRecord("position", position),
    );
    if (!done) return;
    clear();
    await anew();
  };
  const remove = async (one: Position) => {
    try {
      const { change_set } = await deleteRecord("position", one.id);
      showUndo(t("organisation.position_removed", { department: one.department.title }), change_set);
      if (edited?.id === one.id) clear();
      await anew();
    } catch (error) {
      toastError(error);
    }
  };
  return (
    <Modal opened onClose={onClose} title={t("organisation.positions_of", { name: member.name })} size={560}>
      <p className={classes.lead}>{t("organisation.positions_text")}</p>
      <PeriodLines
        lines={mine.map((one) => ({
          one,
          title: one.department.title,
          before: one.title,
          editing: t("organisation.edit_position", { department: one.department.title }),
          removing: t("organisation.remove_position", { department: one.department.title }),
        }))}
        onEdit={edit}
        onRemove={remove}
      />
      <form onSubmit={keep}>
        <Stack gap="sm">
          <FormProblem text={problem} />
          <Select
            label={t("organisation.department")}
            data={departmentOptions(departments.data ?? [])}
            searchable
            required
            value={values.department}
            error={fields.department}
            onChange={(department) => set({ department })}
          />
          <TextInput
            label={t("organisation.job_title")}
            placeholder={member.title ?? undefined}
            value={values.title}
            error={fields.title}
            onChange={(event) => set({ title: event.currentTarget.value })}
          />
          <div className={classes.days}>
            <DayInput
              label={t("organisation.begins_on")}
              value={values.begins_on}
              error={fields.begins_on}
              onChange={(begins_on) => set({ begins_on })}
            />
            <DayInput
              label={t("organisation.ends_on")}
              value={values.ends_on}
              error={fields.ends_on}
              onChange={(ends_on) => set({ ends_on })}
            />
          </div>
          <Group justify="flex-end" gap="xs" mt="xs">
            <Button variant="default" onClick={edited ? clear : onClose}>
              {t(edited ? "ui.cancel" : "organisation.close")}
            </Button>
            <Button type="submit" loading={busy} disabled={!values.department}>
              {t(edited ? "ui.save" : "organisation.add_position")}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
