/** A small dialog with some fields of an object, drawn by the catalog, and a button that saves them. */
import { Button, Group, Modal, Stack } from "@mantine/core";
import { type FormEvent, type ReactNode, useState } from "react";
import { useTranslation } from "react-i18next";
import type { CatalogObject, Field } from "@/api/types";
import { FormSections } from "@/records/form/form-sections";
import { type RecordForm, useRecordForm, type Values } from "@/records/form/use-record-form";
import { FormProblem } from "@/ui/form-problem";

export function FormDialog({
  title,
  object,
  fields,
  start,
  more,
  children,
  onSave,
  onClose,
}: {
  title: string;
  object: CatalogObject;
  fields: Field[];
  start: Values;
  /** Further fields of the object, drawn in a way of their own. */
  more?: { fields: Field[]; draw(form: RecordForm): ReactNode };
  /** More than the fields, below them. */
  children?: ReactNode;
  /** Sends the values; what it throws is shown at the fields. */
  onSave(values: Values, changes: Values): Promise<void>;
  onClose(): void;
}) {
  const { t } = useTranslation();
  const every = [...fields, ...(more?.fields ?? [])];
  const form = useRecordForm(every, start);
  const [busy, setBusy] = useState(false);
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    if (busy || !form.check(every)) return;
    setBusy(true);
    try {
      await onSave(form.values, form.changes());
      onClose();
    } catch (error) {
      form.refuse(error);
    } finally {
      setBusy(false);
    }
  };
  return (
    <Modal opened onClose={onClose} title={title} size={more ? 640 : 480}>
      <form onSubmit={submit}>
        <Stack gap="sm">
          <FormProblem text={form.general} />
          <FormSections object={object.key} form={form} sections={[{ label: null, fields }]} autoFocus />
          {more?.draw(form)}
          {children}
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
