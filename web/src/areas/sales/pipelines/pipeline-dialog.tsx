/** A new pipeline, beginning with the stages of another or with none; or the name and rules of one. */
import { Select } from "@mantine/core";
import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { Field } from "@/api/types";
import { findField, useObject } from "@/lib/catalog";
import { bulkRecords, createRecord, recordKeys, updateRecord } from "@/lib/records";
import type { Values } from "@/records/form/use-record-form";
import { FormDialog } from "./form-dialog";
import type { Pipeline, Stage } from "./pipelines";

const ASKED = ["name", "requires_loss_reason"];
const COPIED = [
  "name",
  "position",
  "category",
  "probability",
  "color",
  "entry_fields",
  "checklist",
  "entered_from",
  "may_skip",
  "may_go_back",
  "rot_days",
  "forecast_category",
  "guidance",
  "guidance_en",
  "key_fields",
  "materials",
];
const EMPTY = "empty";

export function PipelineDialog({
  pipeline,
  pipelines,
  stages,
  onClose,
  onSaid,
}: {
  /** Absent for a new one. */
  pipeline?: Pipeline;
  pipelines: Pipeline[];
  stages: Stage[];
  onClose(): void;
  onSaid(text: string): void;
}) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const object = useObject("pipeline");
  const [source, setSource] = useState(pipelines.find((one) => one.is_default)?.id ?? EMPTY);
  if (!object) return null;
  const fields = ASKED.flatMap((key): Field[] => {
    const field = findField(object, key);
    return field ? [field] : [];
  });
  const add = async (values: Values) => {
    const position = Math.max(0, ...pipelines.map((one) => one.position ?? 0)) + 1;
    const made = await createRecord("pipeline", { ...values, position });
    const records = stages
      .filter((stage) => stage.pipeline.id === source)
      .map((stage) => ({
        values: { ...Object.fromEntries(COPIED.map((key) => [key, stage[key]])), pipeline: made.id },
      }));
    if (records.length > 0) await bulkRecords("stage", { op: "create", records });
    onSaid(t("pipelines.added", { name: String(values.name) }));
  };
  const save = async (values: Values, changes: Values) => {
    if (pipeline) await updateRecord("pipeline", pipeline.id, changes, pipeline.rev);
    else await add(values);
    await Promise.all(
      ["pipeline", "stage"].map((key) => client.invalidateQueries({ queryKey: recordKeys.of(key) })),
    );
  };
  const start: Values = pipeline
    ? Object.fromEntries(fields.map(({ key }) => [key, pipeline[key]]))
    : { name: "", requires_loss_reason: true };
  return (
    <FormDialog
      title={pipeline ? t("pipelines.edit_of", { name: pipeline.name }) : t("pipelines.add")}
      object={object}
      fields={fields}
      start={start}
      onSave={save}
      onClose={onClose}
    >
      {!pipeline && (
        <Select
          label={t("pipelines.begin_with")}
          data={[
            ...pipelines.map(({ id, name }) => ({ value: id, label: t("pipelines.stages_of", { name }) })),
            { value: EMPTY, label: t("pipelines.begin_empty") },
          ]}
          allowDeselect={false}
          value={source}
          onChange={(picked) => setSource(picked ?? EMPTY)}
        />
      )}
    </FormDialog>
  );
}
