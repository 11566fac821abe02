/** The files of a record: uploaded and removed at once. */
import type { CatalogObject, Field, RecordRow } from "@/api/types";
import { label } from "@/lib/label";
import { currentLanguage } from "@/lib/language";
import { fieldKind } from "../field-kinds";

interface FilesTabProps {
  object: CatalogObject;
  record: RecordRow;
  fields: Field[];
  save(values: Record<string, unknown>): Promise<boolean>;
}

export function FilesTab({ object, record, fields, save }: FilesTabProps) {
  const { Display, Input } = fieldKind("file");
  const editable = record._rights?.edit !== false;
  return fields.map((field) => (
    <section key={field.key} aria-label={label(field.label)}>
      {editable && !field.read_only ? (
        <Input
          value={record[field.key]}
          field={field}
          object={object.key}
          aria-label={label(field.label)}
          onChange={(files) => void save({ [field.key]: files })}
        />
      ) : (
        <Display value={record[field.key]} field={field} language={currentLanguage()} inline={false} />
      )}
    </section>
  ));
}
