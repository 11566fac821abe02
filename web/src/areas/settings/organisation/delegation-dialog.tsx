/** Who stands in for a member, and when: what is set, and one more. */
import { Button, Group, Input, Modal, Stack, TextInput } from "@mantine/core";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import type { Reference } from "@/api/types";
import { useObject } from "@/lib/catalog";
import { createRecord, deleteRecord, recordKeys, updateRecord } from "@/lib/records";
import { useToday } from "@/lib/today";
import { useSubmit } from "@/lib/use-submit";
import { RecordPicker } from "@/records/lookup/record-picker";
import { FormProblem } from "@/ui/form-problem";
import { toastError } from "@/ui/toast";
import { showUndo } from "@/ui/undo-toast";
import { type Delegation, delegationsQuery } from "../people";
import { DayInput } from "./day-input";
import classes from "./organisation.module.css";
import { PeriodLines } from "./period-lines";

const ACTIVE = { field: "status", op: "eq", value: "active" };

export function DelegationDialog({
  member,
  onClose,
}: {
  member: Pick<Reference, "id"> & { name: string };
  onClose(): void;
}) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const people = useObject("member");
  const today = useToday();
  const delegations = useQuery(delegationsQuery(today));
  const [edited, setEdited] = useState<Delegation | null>(null);
  const [delegate, setDelegate] = useState<Reference | null>(null);
  const [begins, setBegins] = useState<string | null>(today);
  const [ends, setEnds] = useState<string | null>(null);
  const [note, setNote] = useState("");
  const { busy, problem, fields, submit } = useSubmit();
  const mine = (delegations.data ?? []).filter((one) => one.member.id === member.id);
  const anew = () => client.invalidateQueries({ queryKey: recordKeys.of("delegation") });

  const fill = (one: Delegation | null) => {
    setEdited(one);
    setDelegate(one?.delegate ?? null);
    setBegins(one?.begins_on ?? today);
    setEnds(one?.ends_on ?? null);
    setNote(one?.note ?? "");
  };
  const keep = async (event: FormEvent) => {
    event.preventDefault();
    const values = {
      member: member.id,
      delegate: delegate?.id ?? null,
      begins_on: begins,
      ends_on: ends,
      note: note.trim() || null,
    };
    const done = await submit(() =>
      edited ? updateRecord("delegation", edited.id, values) : createRecord("delegation", values),
    );
    if (!done) return;
    fill(null);
    await anew();
  };
  const remove = async (one: Delegation) => {
    try {
      const { change_set } = await deleteRecord("delegation", one.id);
      showUndo(t("organisation.delegation_removed", { name: one.delegate.title }), change_set);
      if (edited?.id === one.id) fill(null);
      await anew();
    } catch (error) {
      toastError(error);
    }
  };
  return (
    <Modal
      opened
      onClose={onClose}
      title={t("organisation.delegations_of", { name: member.name })}
      size={560}
    >
      <p className={classes.lead}>{t("organisation.delegations_text", { name: member.name })}</p>
      <PeriodLines
        lines={mine.map((one) => ({
          one,
          title: one.delegate.title,
          after: one.note,
          editing: t("organisation.edit_delegation", { name: one.delegate.title }),
          removing: t("organisation.remove_delegation", { name: one.delegate.title }),
        }))}
        onEdit={fill}
        onRemove={remove}
      />
      <form onSubmit={keep}>
        <Stack gap="sm">
          <FormProblem text={problem} />
          {people && (
            <Input.Wrapper label={t("organisation.delegate")} required error={fields.delegate}>
              <RecordPicker
                object={people}
                people
                value={delegate}
                where={ACTIVE}
                without={[member.id]}
                onPick={setDelegate}
                aria-label={t("organisation.delegate")}
              />
            </Input.Wrapper>
          )}
          <div className={classes.days}>
            <DayInput
              label={t("organisation.begins_on")}
              required
              value={begins}
              error={fields.begins_on}
              onChange={setBegins}
            />
            <DayInput
              label={t("organisation.ends_on")}
              required
              value={ends}
              error={fields.ends_on}
              onChange={setEnds}
            />
          </div>
          <TextInput
            label={t("organisation.note")}
            value={note}
            error={fields.note}
            onChange={(event) => setNote(event.currentTarget.value)}
          />
          <Group justify="flex-end" gap="xs" mt="xs">
            <Button variant="default" onClick={edited ? () => fill(null) : onClose}>
              {t(edited ? "ui.cancel" : "organisation.close")}
            </Button>
            <Button type="submit" loading={busy} disabled={!delegate || !begins || !ends}>
              {t(edited ? "ui.save" : "organisation.add_delegation")}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
