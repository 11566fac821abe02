/** Priced lines of a record in a tab of their own, where there is room for a sheet; saved together. */
import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import type { CatalogObject, Field, RecordRow } from "@/api/types";
import { label } from "@/lib/label";
import { currentLanguage } from "@/lib/language";
import { recordKeys } from "@/lib/records";
import { fieldKind } from "../field-kinds";
import { levelOn } from "../field-kinds/shown-kind";
import { type LineEdit, lineObject } from "../field-kinds/sub_table/lines";
import { extensionsOf } from "./extensions";
import { useUnsavedGuard } from "./use-unsaved-guard";

interface LinesTabProps {
  object: CatalogObject;
  record: RecordRow;
  field: Field;
  save(values: Record<string, unknown>): Promise<boolean>;
}

/** The tables of lines that have a tab instead of a place among the facts. */
export const isPriced = (field: Field) => field.kind === "sub_table" && field.settings.priced === true;

export function LinesTab({ object, record, field, save }: LinesTabProps) {
  const client = useQueryClient();
  const [edits, setEdits] = useState<LineEdit[] | null>(null);
  const [busy, setBusy] = useState(false);
  useUnsavedGuard(edits !== null && !busy);
  const { Display, Input } = fieldKind("sub_table");
  const open = extensionsOf(object.key).every((one) => one.linesAreOpen?.(record) !== false);
  const editable =
    open && record._rights?.edit !== false && !field.read_only && levelOn(field, record) === "edit";
  const commit = async () => {
    setBusy(true);
    if (await save({ [field.key]: edits })) {
      await client.invalidateQueries({ queryKey: recordKeys.of(lineObject(field)) });
      setEdits(null);
    }
    setBusy(false);
  };
  if (!editable) {
    return <Display value={null} field={field} record={record} language={currentLanguage()} inline={false} />;
  }
  return (
    <Input
      value={edits}
      field={field}
      object={object.key}
      record={record}
      aria-label={label(field.label)}
      onChange={(value) => setEdits(value as LineEdit[] | null)}
      onCommit={() => void commit()}
      onCancel={() => setEdits(null)}
      disabled={busy}
    />
  );
}
