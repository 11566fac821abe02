/** Another kind for a field: what becomes of its values is shown first, and lost ones have to be accepted. */
import { Alert, Button, Group, Modal, Select, Stack } from "@mantine/core";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { TriangleAlert } from "lucide-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { ConversionPreview, FieldSettings } from "@/api/types";
import { formatNumber } from "@/lib/format";
import { label } from "@/lib/label";
import { FormProblem } from "@/ui/form-problem";
import { toastSuccess } from "@/ui/toast";
import { draftOf, valuesOf } from "./field-draft";
import { mayConvert } from "./kinds";
import type { DesignedField, DesignedWhole } from "./model";
import classes from "./objects.module.css";
import { kindsQuery, made, previewed } from "./requests";
import { SettingsForm } from "./settings-form";
import { useRefusal } from "./use-refusal";

export function ConvertDialog({
  object,
  field,
  onClose,
}: {
  object: DesignedWhole;
  field: DesignedField;
  onClose(): void;
}) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const refusal = useRefusal();
  const kinds = useQuery(kindsQuery()).data?.kinds ?? [];
  const [key, setKey] = useState<string | null>(null);
  const [settings, setSettings] = useState<FieldSettings>({});
  const kind = kinds.find((one) => one.key === key);
  const name = label(field.values.label);
  const params = () => {
    if (!kind) return {};
    const values = valuesOf({ ...draftOf(null, kind), settings }, kind);
    return { field: field.id, kind: kind.key, values: { settings: values.settings } };
  };
  const look = useMutation({
    mutationFn: async () => (await previewed("convert-field", params())).conversion,
    onMutate: refusal.clear,
    onError: refusal.take,
  });
  const convert = useMutation({
    mutationFn: () => made(client, "convert-field", { ...params(), confirm: true }),
    onSuccess: () => {
      toastSuccess(t("objects.convert_begun", { name }));
      onClose();
    },
    onError: refusal.take,
  });
  const preview = look.data;
  const shown = kind?.settings.map((each) => `settings.${each.name}`) ?? [];
  return (
    <Modal opened onClose={onClose} title={t("objects.convert_of", { name })} size={640}>
      <Stack gap="md">
        <FormProblem text={refusal.general(shown)} />
        <Select
          label={t("objects.convert_to")}
          searchable
          allowDeselect={false}
          data={kinds
            .filter((one) => one.key !== field.kind && mayConvert(one))
            .map((one) => ({ value: one.key, label: label(one.label) }))}
          value={key}
          data-autofocus
          onChange={(next) => {
            setKey(next);
            setSettings(keptSettings(field, next));
            look.reset();
            refusal.clear();
          }}
        />
        {kind && (
          <SettingsForm
            key={kind.key}
            kind={kind}
            object={object}
            field={null}
            settings={settings}
            onChange={(next) => {
              setSettings(next);
              look.reset();
            }}
            problems={refusal.problems}
          />
        )}
        {preview && <Preview preview={preview} />}
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={onClose}>
            {t("ui.cancel")}
          </Button>
          {preview ? (
            <Button
              color={preview.failed > 0 ? "red" : undefined}
              loading={convert.isPending}
              onClick={() => convert.mutate()}
            >
              {preview.failed > 0
                ? t("objects.convert_lossy", { shown: formatNumber(preview.failed) })
                : t("objects.convert")}
            </Button>
          ) : (
            <Button disabled={!kind} loading={look.isPending} onClick={() => look.mutate()}>
              {t("objects.convert_look")}
            </Button>
          )}
        </Group>
      </Stack>
    </Modal>
  );
}

/** Options stay options when a single choice becomes a multiple one. */
function keptSettings(field: DesignedField, kind: string | null): FieldSettings {
  const choices = kind === "choice" || kind === "multi_choice";
  return choices ? { options: field.values.settings.options ?? [] } : {};
}

function Preview({ preview }: { preview: ConversionPreview }) {
  const { t } = useTranslation();
  const figures = ["same", "changed", "failed", "empty"] as const;
  return (
    <>
      <dl className={classes.numbers}>
        {figures.map((figure) => (
          <div key={figure} className={classes.figure}>
            <dt>{t(`objects.convert_${figure}`)}</dt>
            <dd>{formatNumber(preview[figure])}</dd>
          </div>
        ))}
      </dl>
      {!preview.exact && <p className={classes.remark}>{t("objects.convert_inexact")}</p>}
      {preview.failed > 0 && (
        <Alert color="red" variant="light" icon={<TriangleAlert size={16} />} p="sm">
          {t("objects.convert_loses")}
        </Alert>
      )}
      {[...preview.failed_samples, ...preview.changed_samples].length > 0 && (
        <table className={classes.samples}>
          <thead>
            <tr>
              <th>{t("objects.before")}</th>
              <th>{t("objects.after")}</th>
              <th>{t("objects.records")}</th>
            </tr>
          </thead>
          <tbody>
            {[...preview.failed_samples, ...preview.changed_samples].map((sample) => (
              <tr key={sample.before}>
                <td>{sample.before}</td>
                <td>
                  {sample.message ? <span className={classes.danger}>{sample.message}</span> : sample.after}
                </td>
                <td>{formatNumber(sample.count)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      <p className={classes.remark}>{t("objects.convert_undo_help")}</p>
    </>
  );
}
