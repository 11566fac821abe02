/** Several records made one: which others, whose value of each field is kept, and what goes over. */
import { ActionIcon, Alert, Button, Group, Modal, Radio, Stack, Table, Text } from "@mantine/core";
import { useQueries, useQueryClient } from "@tanstack/react-query";
import { Info, X } from "lucide-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { CatalogObject, Field, MergedRecords, RecordRow, Reference } from "@/api/types";
import { label } from "@/lib/label";
import { currentLanguage } from "@/lib/language";
import { getRecord, recordKeys, runAction } from "@/lib/records";
import { useSubmit } from "@/lib/use-submit";
import { FormProblem } from "@/ui/form-problem";
import { showUndo } from "@/ui/undo-toast";
import { levelOn, shownKind } from "../field-kinds/shown-kind";
import { isEditable } from "../form/fields";
import { sameValue } from "../form/use-record-form";
import { RecordPicker } from "../lookup/record-picker";
import classes from "./merge.module.css";

const MOST = 9;
/** Values of several records stand together: nothing is to be chosen. */
const JOINED = new Set(["refs", "file"]);

interface MergeDialogProps {
  object: CatalogObject;
  record: RecordRow;
  title: string;
  onClose(): void;
}

export function MergeDialog({ object, record, title, onClose }: MergeDialogProps) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const { busy, problem, fields: refused, submit } = useSubmit();
  const [others, setOthers] = useState<Reference[]>([]);
  const [take, setTake] = useState<Record<string, string>>({});
  const found = useQueries({
    queries: others.map(({ id }) => ({
      queryKey: recordKeys.record(object.key, id),
      queryFn: ({ signal }: { signal: AbortSignal }) => getRecord(object.key, id, undefined, signal),
    })),
  });
  const rows = [record, ...found.flatMap(({ data }) => data ?? [])];
  const differing = rows.length > 1 ? object.fields.filter((field) => isToChoose(field, rows)) : [];
  const kept = (field: Field) => take[field.key] ?? fullest(field, rows).id;
  const merge = async () => {
    const done = await submit(async () => {
      const chosen = Object.fromEntries(differing.map((field) => [field.key, kept(field)]));
      const { change_set } = await runAction<MergedRecords>("records/merge-records", {
        object: object.key,
        record: record.id,
        others: others.map(({ id }) => id),
        take: chosen,
      });
      showUndo(t("merge.done", { count: others.length + 1, title }), change_set);
    });
    if (!done) return;
    onClose();
    const gone = new Set(others.map(({ id }) => id));
    client.removeQueries({ predicate: ({ queryKey }) => queryKey.some((part) => gone.has(String(part))) });
    await client.invalidateQueries({ queryKey: recordKeys.all() });
  };
  return (
    <Modal opened onClose={onClose} title={t("merge.title", { title })} size={760}>
      <Stack gap="md">
        <FormProblem text={problem ?? Object.values(refused)[0] ?? null} />
        <Text size="sm">{t("merge.text")}</Text>
        {others.map((one) => (
          <Group key={one.id} gap="xs" wrap="nowrap">
            <Text className={classes.other}>{one.title}</Text>
            <ActionIcon
              variant="subtle"
              color="gray"
              aria-label={t("merge.leave_out", { title: one.title })}
              onClick={() => setOthers(others.filter(({ id }) => id !== one.id))}
            >
              <X size={15} />
            </ActionIcon>
          </Group>
        ))}
        {others.length < MOST && (
          <RecordPicker
            key={others.length}
            object={object}
            value={null}
            onPick={(picked) => picked && setOthers([...others, picked])}
            without={[record.id, ...others.map(({ id }) => id)]}
            aria-label={t("merge.other")}
            placeholder={t("merge.choose", { name: label(object.label) })}
          />
        )}
        {differing.length > 0 && (
          <div className={classes.scroll}>
            <Table withTableBorder verticalSpacing="xs">
              <Table.Thead>
                <Table.Tr>
                  <Table.Th>{t("merge.field")}</Table.Th>
                  {rows.map((row) => (
                    <Table.Th key={row.id}>{String(row[object.title] ?? "—")}</Table.Th>
                  ))}
                </Table.Tr>
              </Table.Thead>
              <Table.Tbody>
                {differing.map((field) => (
                  <Table.Tr key={field.key}>
                    <Table.Th scope="row">{label(field.label)}</Table.Th>
                    {rows.map((row) => (
                      <Table.Td key={row.id}>
                        <Choice
                          field={field}
                          row={row}
                          title={String(row[object.title] ?? "—")}
                          checked={kept(field) === row.id}
                          onPick={() => setTake({ ...take, [field.key]: row.id })}
                        />
                      </Table.Td>
                    ))}
                  </Table.Tr>
                ))}
              </Table.Tbody>
            </Table>
          </div>
        )}
        {others.length > 0 && (
          <Alert variant="light" color="blue" p="sm" icon={<Info size={16} />}>
            {t("merge.what_moves", { title })}
          </Alert>
        )}
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={onClose}>
            {t("ui.cancel")}
          </Button>
          <Button loading={busy} disabled={rows.length < 2 || rows.length <= others.length} onClick={merge}>
            {t("merge.confirm")}
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
}

function Choice({
  field,
  row,
  title,
  checked,
  onPick,
}: {
  field: Field;
  row: RecordRow;
  title: string;
  checked: boolean;
  onPick(): void;
}) {
  const value = row[field.key];
  const kind = shownKind(field, value);
  return (
    <Radio
      name={`merge-${field.key}`}
      checked={checked}
      onChange={onPick}
      aria-label={`${label(field.label)}: ${title}`}
      label={
        kind.isEmpty(value) ? (
          "—"
        ) : (
          <kind.Display value={value} field={field} language={currentLanguage()} linked={false} />
        )
      }
    />
  );
}

function isToChoose(field: Field, rows: readonly RecordRow[]): boolean {
  const [first] = rows;
  if (!first || field.system || field.read_only || field.hidden || !isEditable(field)) return false;
  if (JOINED.has(field.trait) || field.kind === "sub_table" || levelOn(field, first) !== "edit") return false;
  return rows.some((row) => !sameValue(field, row[field.key], first[field.key]));
}

/** The first record that has a value at all: what the server keeps unless it is told otherwise. */
function fullest(field: Field, rows: readonly RecordRow[]): { id: string } {
  const found = rows.find((row) => !shownKind(field, row[field.key]).isEmpty(row[field.key]));
  return found ?? (rows[0] as RecordRow);
}
