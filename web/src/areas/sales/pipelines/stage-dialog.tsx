/** A new stage, or what a stage is called and means. */
import { useQueryClient } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import type { Field } from "@/api/types";
import { findField, useObject } from "@/lib/catalog";
import { bulkRecords, createRecord, recordKeys, updateRecord } from "@/lib/records";
import { forgetHues } from "@/records/field-kinds/parts/record-hues";
import type { Values } from "@/records/form/use-record-form";
import { FormDialog } from "./form-dialog";
import { placeOfNew, renumbered, type Stage } from "./pipelines";

const ASKED = ["name", "category", "probability", "color"];

export function StageDialog({
  stage,
  pipeline,
  stages,
  onClose,
}: {
  /** Null for a new one. */
  stage: Stage | null;
  pipeline: string;
  /** The stages of the pipeline in their order. */
  stages: Stage[];
  onClose(): void;
}) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const object = useObject("stage");
  if (!object) return null;
  const fields = ASKED.flatMap((key): Field[] => {
    const field = findField(object, key);
    return field ? [field] : [];
  });
  const add = async (values: Values) => {
    const place = placeOfNew(stages, values.category as Stage["category"]);
    const made = await createRecord("stage", { ...values, pipeline, position: place + 1 });
    const after = stages.slice(place).map(({ id, position }) => ({ id, position }));
    const records = renumbered([...stages.slice(0, place), { id: made.id, position: place + 1 }, ...after]);
    if (records.length > 0) await bulkRecords("stage", { op: "update", records });
  };
  const save = async (values: Values, changes: Values) => {
    if (stage) await updateRecord("stage", stage.id, changes, stage.rev);
    else await add(values);
    forgetHues("stage");
    await client.invalidateQueries({ queryKey: recordKeys.of("stage") });
  };
  const start = stage
    ? Object.fromEntries(fields.map(({ key }) => [key, stage[key]]))
    : { name: "", category: "open", probability: null, color: "blue" };
  return (
    <FormDialog
      title={stage ? t("pipelines.edit_stage", { name: stage.name }) : t("pipelines.add_stage")}
      object={object}
      fields={fields}
      start={start}
      onSave={save}
      onClose={onClose}
    />
  );
}
