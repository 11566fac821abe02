/** The settings of one panel. */
import {
  Button,
  Group,
  Modal,
  MultiSelect,
  NumberInput,
  SegmentedControl,
  Select,
  Stack,
} from "@mantine/core";
import { type ReactNode, useState } from "react";
import { useTranslation } from "react-i18next";
import type { CatalogObject, Label, PageSection, Panel } from "@/api/types";
import { findField, findObject, useCatalog } from "@/lib/catalog";
import { label } from "@/lib/label";
import { FormProblem } from "@/ui/form-problem";
import { LabelInputs } from "../objects/label-inputs";
import { bothLanguages } from "../objects/model";
import { placeable } from "./model";
import { groupFields, missingOf } from "./panel-kinds";
import { WordsInputs } from "./words-inputs";

interface PanelFormProps {
  known: CatalogObject;
  sections: readonly PageSection[];
  panel: Panel;
  onKeep(panel: Panel): void;
  onClose(): void;
}

interface SettingsProps {
  known: CatalogObject;
  sections: readonly PageSection[];
  panel: Panel;
  set(values: Record<string, unknown>): void;
}

export function PanelForm({ known, sections, panel, onKeep, onClose }: PanelFormProps) {
  const { t } = useTranslation();
  const [draft, setDraft] = useState<Panel>(panel);
  const [problem, setProblem] = useState<string | null>(null);
  const set = (values: Record<string, unknown>) => setDraft((now) => ({ ...now, ...values }) as Panel);
  const words = (draft.label ?? {}) as Partial<Label>;
  const keep = () => {
    const missing = missingOf(draft);
    if (missing) return setProblem(t(missing));
    const named = Object.values(words).some((word) => word?.trim());
    const text = draft.text ? { text: bothLanguages(draft.text as Label) } : {};
    onKeep({ ...draft, ...text, label: named ? bothLanguages(words) : null } as Panel);
  };
  const Settings = SETTINGS[draft.kind];
  return (
    <Modal
      opened
      onClose={onClose}
      title={t(`layouts.panel_${draft.kind}`)}
      size={520}
      closeButtonProps={{ "aria-label": t("ui.close") }}
    >
      <Stack gap="md">
        <FormProblem text={problem} />
        {Settings && <Settings known={known} sections={sections} panel={draft} set={set} />}
        <LabelInputs
          id="panel"
          name={t("layouts.panel_title")}
          value={words}
          onChange={(next) => set({ label: next })}
        />
        <Select
          label={t("layouts.panel_width")}
          allowDeselect={false}
          data={[1, 2, 3].map((width) => ({
            value: String(width),
            label: t(`layouts.panel_width_${width}`),
          }))}
          value={String(draft.width ?? 3)}
          onChange={(width) => set({ width: Number(width) })}
        />
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={onClose}>
            {t("ui.cancel")}
          </Button>
          <Button onClick={keep}>{t("layouts.keep_panel")}</Button>
        </Group>
      </Stack>
    </Modal>
  );
}

function FactsSettings({ sections, panel, set }: SettingsProps) {
  const { t } = useTranslation();
  const chosen = ((panel.sections ?? []) as number[]).map(String);
  return (
    <MultiSelect
      label={t("layouts.shown_sections")}
      placeholder={chosen.length > 0 ? undefined : t("layouts.all_sections")}
      data={sections.map((section, at) => ({
        value: String(at),
        label: label(section.label) || t("layouts.section_number", { at: at + 1 }),
      }))}
      value={chosen}
      onChange={(next) => set({ sections: next.map(Number) })}
    />
  );
}

function TimelineSettings({ panel, set }: SettingsProps) {
  const { t } = useTranslation();
  const kinds = (panel.kinds ?? []) as string[];
  return (
    <SegmentedControl
      aria-label={t("layouts.happenings")}
      data={["both", "activity", "change"].map((kind) => ({
        value: kind,
        label: t(`layouts.happening_${kind}`),
      }))}
      value={kinds.length === 1 ? (kinds[0] ?? "both") : "both"}
      onChange={(kind) => set({ kinds: kind === "both" ? undefined : [kind] })}
    />
  );
}

function RelatedSettings({ known, panel, set }: SettingsProps) {
  const { t } = useTranslation();
  const catalog = useCatalog();
  const relation = known.relations.find(({ key }) => key === panel.relation);
  const related = relation && findObject(catalog, relation.object);
  return (
    <>
      <Select
        label={t("layouts.relation")}
        allowDeselect={false}
        data={known.relations.map(({ key, label: words }) => ({ value: key, label: label(words) }))}
        value={(panel.relation as string | undefined) ?? null}
        onChange={(key) => set({ relation: key, columns: undefined })}
      />
      <MultiSelect
        label={t("layouts.shown_columns")}
        placeholder={(panel.columns as string[] | undefined)?.length ? undefined : t("layouts.usual_columns")}
        data={placeable(related?.fields ?? []).map((field) => ({
          value: field.key,
          label: label(field.label),
        }))}
        searchable
        value={(panel.columns as string[] | undefined) ?? []}
        onChange={(columns) => set({ columns })}
      />
      <NumberInput
        label={t("layouts.rows")}
        min={1}
        max={50}
        allowDecimal={false}
        value={(panel.limit as number | undefined) ?? 20}
        onChange={(limit) => set({ limit: Number(limit) || undefined })}
      />
    </>
  );
}

function TextSettings({ panel, set }: SettingsProps) {
  const { t } = useTranslation();
  return (
    <WordsInputs
      name={t("layouts.text")}
      rows={3}
      required
      value={panel.text as Label}
      onChange={(text) => set({ text })}
    />
  );
}

function ButtonsSettings({ known, panel, set }: SettingsProps) {
  const { t } = useTranslation();
  const buttons = known.fields.filter(({ kind }) => kind === "button");
  return (
    <MultiSelect
      label={t("layouts.panel_buttons")}
      data={buttons.map((field) => ({ value: field.key, label: label(field.label) }))}
      value={(panel.actions as string[] | undefined) ?? []}
      onChange={(actions) => set({ actions })}
    />
  );
}

const OWN = "";
const COUNT = "count";

function ChartSettings({ known, panel, set }: SettingsProps) {
  const { t } = useTranslation();
  const catalog = useCatalog();
  const relation = known.relations.find(({ key }) => key === panel.relation);
  const counted = relation ? findObject(catalog, relation.object) : known;
  const sums = (counted?.fields ?? []).filter((field) => !field.hidden && field.aggregates.includes("sum"));
  const aggregate = panel.aggregate as { field: string } | undefined;
  return (
    <>
      <Select
        label={t("layouts.counted")}
        allowDeselect={false}
        data={[
          { value: OWN, label: t("layouts.counted_all", { name: label(known.plural) }) },
          ...known.relations.map(({ key, label: words }) => ({ value: key, label: label(words) })),
        ]}
        value={(panel.relation as string | undefined) ?? OWN}
        onChange={(key) => set({ relation: key || undefined, group: undefined, aggregate: undefined })}
      />
      <Select
        label={t("layouts.group_by")}
        allowDeselect={false}
        searchable
        data={groupFields(counted).map((field) => ({ value: field.key, label: label(field.label) }))}
        value={(panel.group as string | undefined) ?? null}
        onChange={(group) => set({ group })}
      />
      <Select
        label={t("layouts.measure")}
        allowDeselect={false}
        data={[
          { value: COUNT, label: t("layouts.measure_count") },
          ...sums.map((field) => ({
            value: field.key,
            label: t("layouts.measure_sum", { name: label(field.label) }),
          })),
        ]}
        value={counted && aggregate && findField(counted, aggregate.field) ? aggregate.field : COUNT}
        onChange={(field) => set({ aggregate: field === COUNT ? undefined : { fn: "sum", field } })}
      />
      <SegmentedControl
        aria-label={t("layouts.shape")}
        data={["bar", "line", "pie"].map((shape) => ({ value: shape, label: t(`layouts.shape_${shape}`) }))}
        value={(panel.shape as string | undefined) ?? "bar"}
        onChange={(shape) => set({ shape })}
      />
    </>
  );
}

const SETTINGS: Partial<Record<Panel["kind"], (props: SettingsProps) => ReactNode>> = {
  facts: FactsSettings,
  timeline: TimelineSettings,
  related: RelatedSettings,
  text: TextSettings,
  buttons: ButtonsSettings,
  chart: ChartSettings,
};
