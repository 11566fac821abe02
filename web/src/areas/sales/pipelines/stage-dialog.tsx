/** A new stage, or what a stage is called and means. */
import { useQueryClient } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import type { Field } from "@/api/types";
import { findField, useObject } from "@/lib/catalog";
import { bulkRecords, createRecord, recordKeys, updateRecord } from "@/lib/records";
import { forgetHues } from "@/records/field-kinds/parts/record-hues";
import type { Values } from "@/records/form/use-record-form";
import { FormDialog } from "./form-dialog";
import { GateInputs } from "./gate-inputs";
import { GuidanceInputs } from "./guidance-inputs";
import { placeOfNew, renumbered, type Stage } from "./pipelines";

const ASKED = ["name", "category", "probability", "color"];
const GATE = [
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
  const named = (keys: string[]) =>
    keys.flatMap((key): Field[] => {
      const field = findField(object, key);
      return field ? [field] : [];
    });
  const fields = named(ASKED);
  const gate = named(GATE);
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
    ? Object.fromEntries([...fields, ...gate].map(({ key }) => [key, stage[key]]))
    : { name: "", category: "open", probability: null, color: "blue", may_skip: true, may_go_back: true };
  const others = stages.filter(({ id }) => id !== stage?.id).map(({ name }) => name);
  return (
    <FormDialog
      title={stage ? t("pipelines.edit_stage", { name: stage.name }) : t("pipelines.add_stage")}
      object={object}
      fields={fields}
      start={start}
      more={{
        fields: gate,
        draw: (form) => (
          <>
            <GateInputs stage={object} form={form} others={others} />
            <GuidanceInputs stage={object} form={form} />
          </>
        ),
      }}
      onSave={save}
      onClose={onClose}
    />
  );
}
