/** The record page in form mode: many fields changed at once, saved together. */
import { Button } from "@mantine/core";
import { getHotkeyHandler } from "@mantine/hooks";
import { useQueryClient } from "@tanstack/react-query";
import { useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import type { CatalogObject, RecordRow } from "@/api/types";
import { isSubmitted } from "@/lib/held-changes";
import { recordKeys } from "@/lib/records";
import { toastSuccess } from "@/ui/toast";
import { closesOwnDropdown } from "../field-kinds/parts/use-editor";
import { forgetLines } from "../field-kinds/sub_table/lines";
import { DiscardQuestion } from "../form/discard-question";
import { FormSections } from "../form/form-sections";
import { formSections, layoutOf, RECORD_TYPE } from "../form/layout";
import { reactedSections } from "../form/reaction";
import { useFormReaction } from "../form/use-reaction";
import { useRecordForm } from "../form/use-record-form";
import { ConflictDialog } from "./conflict-dialog";
import classes from "./page.module.css";
import { type Conflict, saveRecord } from "./save-record";
import type { Unfinished } from "./use-record";
import { useUnsavedGuard } from "./use-unsaved-guard";

interface RecordFormProps {
  object: CatalogObject;
  record: RecordRow;
  /** A change in place that needs more than was typed. */
  unfinished: Unfinished | null;
  onDone(): void;
}

export function RecordForm({ object, record, unfinished, onDone }: RecordFormProps) {
  const { t } = useTranslation();
  const client = useQueryClient();
  /** The record as the person began to edit it; later changes of others show as conflicts. */
  const [base, setBase] = useState(record);
  const form = useRecordForm(object.fields, base, unfinished?.values);
  const [busy, setBusy] = useState(false);
  const [asking, setAsking] = useState(false);
  const [conflict, setConflict] = useState<Conflict | null>(null);
  const card = useRef<HTMLDivElement>(null);
  const changes = form.changes();
  const { reaction, problems } = useFormReaction(object, form, changes, base.id, base.rev);
  const sections = reactedSections(
    formSections(object, layoutOf(object, form.values[RECORD_TYPE])),
    reaction,
  );
  // biome-ignore lint/correctness/useExhaustiveDependencies: what was refused before the form opened is told once.
  useEffect(() => {
    if (!unfinished) return;
    form.refuse(unfinished.error);
    requestAnimationFrame(() => card.current?.querySelector<HTMLElement>("[aria-invalid=true]")?.focus());
  }, [unfinished]);
  useUnsavedGuard(form.dirty && !busy);

  const send = async (from: RecordRow) => {
    setBusy(true);
    try {
      const outcome = await saveRecord(object, from, form.changes());
      if ("conflict" in outcome) {
        setConflict(outcome.conflict);
        return;
      }
      if (!("out_of_sight" in outcome.saved)) {
        client.setQueryData(recordKeys.record(object.key, record.id), outcome.saved);
      }
      forgetLines(client, object, form.changes());
      await client.invalidateQueries({ queryKey: recordKeys.of(object.key) });
      toastSuccess(t("page.saved"));
      onDone();
    } catch (error) {
      if (isSubmitted(error)) onDone();
      else form.refuse(error);
    } finally {
      setBusy(false);
    }
  };
  const save = () => {
    if (busy || !form.check(sections.flatMap((section) => section.fields))) return;
    if (form.dirty) void send(base);
    else onDone();
  };
  const settle = (keepMine: boolean) => {
    if (!conflict) return;
    setConflict(null);
    setBase(conflict.theirs);
    if (keepMine) void send(conflict.theirs);
    else for (const key of conflict.fields) form.set(key, conflict.theirs[key] ?? null);
  };
  const cancel = () => (form.dirty ? setAsking(true) : onDone());
  const keys = getHotkeyHandler([
    ["mod+Enter", save],
    ["mod+S", save],
    ["Escape", (event) => !closesOwnDropdown(event.target) && cancel()],
  ]);

  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: listens to shortcuts typed in the fields.
    <div className={classes.editing} onKeyDown={keys}>
      <div ref={card} className={classes.editCard}>
        {form.general && (
          <p className={classes.refusal} role="alert">
            {form.general}
          </p>
        )}
        <FormSections
          object={object.key}
          form={form}
          sections={sections}
          reaction={reaction}
          problems={problems}
          autoFocus={!unfinished}
        />
        <div className={classes.editFoot}>
          <Button variant="default" onClick={cancel}>
            {t("page.cancel")}
          </Button>
          <Button loading={busy} onClick={save} title="Ctrl Enter">
            {t("page.save")}
          </Button>
        </div>
      </div>
      {asking && <DiscardQuestion keepable={false} onStay={() => setAsking(false)} onLeave={onDone} />}
      <ConflictDialog object={object} conflict={conflict} onSettle={settle} />
    </div>
  );
}
