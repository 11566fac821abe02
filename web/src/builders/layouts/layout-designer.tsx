/** A layout being designed: for whom it is, and its parts one after the other. */
import {
  ActionIcon,
  Button,
  Group,
  MultiSelect,
  SegmentedControl,
  Select,
  SimpleGrid,
  Stack,
  Switch,
} from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { ArrowLeft, Eye } from "lucide-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { label } from "@/lib/label";
import { layoutOf } from "@/records/form/layout";
import { useLeaving } from "@/records/form/use-leaving";
import { FormProblem } from "@/ui/form-problem";
import { LabelInputs } from "../objects/label-inputs";
import { byLanguage, LABELS } from "../objects/use-refusal";
import type { FormProps } from "./component-tab";
import { FieldList } from "./field-list";
import { LayoutPreview } from "./layout-preview";
import classes from "./layouts.module.css";
import { begunFrom, type LayoutValues, LISTS, setOnly } from "./model";
import { rolesQuery } from "./requests";
import { SectionsEditor } from "./sections-editor";
import { TabsEditor, usualTabs } from "./tabs-editor";
import { useDraft } from "./use-draft";
import { useSave } from "./use-save";

const PARTS = ["sections", "tabs", ...LISTS] as const;
type Part = (typeof PARTS)[number];

export function LayoutDesigner({ object, known, component, position, onClose }: FormProps<LayoutValues>) {
  const { t } = useTranslation();
  const { draft, set, unsaved } = useDraft<LayoutValues>(
    () => component?.values ?? begunFrom(layoutOf(known, null), position),
  );
  const [part, setPart] = useState<Part>("sections");
  const [previewed, setPreviewed] = useState(false);
  const roles = useQuery(rolesQuery()).data ?? [];
  const { save, busy, refusal, question } = useSave<LayoutValues>({
    object,
    kind: "layout",
    component,
    onDone: onClose,
  });
  const leaving = useLeaving(unsaved && !busy);
  /** What is shown where the layout leaves the part out. */
  const general = layoutOf(known, draft.record_type);
  const own = draft[part] !== null;
  const take = (wanted: boolean) => {
    if (!wanted) return set({ [part]: null });
    if (part === "tabs") return set({ tabs: general.tabs ?? usualTabs(known) });
    set({ [part]: general[part] });
  };
  const send = () =>
    save({
      ...draft,
      tabs: draft.tabs?.map((tab) => ({ ...tab, panels: tab.panels.map(setOnly) })) ?? null,
    });
  return (
    <Stack gap="md">
      <Group gap="xs" wrap="nowrap">
        <Button
          variant="subtle"
          color="gray"
          leftSection={<ArrowLeft size={15} />}
          onClick={() => leaving.leave(onClose)}
        >
          {t("layouts.back")}
        </Button>
        <span style={{ flex: 1 }} />
        <Button
          variant="default"
          leftSection={<Eye size={15} />}
          visibleFrom="xs"
          onClick={() => setPreviewed(true)}
        >
          {t("layouts.preview")}
        </Button>
        <ActionIcon
          variant="default"
          size={34}
          hiddenFrom="xs"
          aria-label={t("layouts.preview")}
          onClick={() => setPreviewed(true)}
        >
          <Eye size={16} />
        </ActionIcon>
        <Button loading={busy} onClick={send}>
          {t("layouts.save")}
        </Button>
      </Group>
      <FormProblem text={refusal.general(LABELS)} />
      <div className={classes.card}>
        <LabelInputs
          name={t("layouts.layout_name")}
          value={draft.label}
          onChange={(words) => set({ label: { "zh-CN": words["zh-CN"] ?? "", en: words.en ?? "" } })}
          problems={byLanguage(refusal.problems, "label")}
          required
        />
        <SimpleGrid cols={{ base: 1, sm: 2 }} spacing="sm" mt="sm">
          {known.record_types.length > 0 && (
            <Select
              label={t("layouts.for_type")}
              placeholder={t("layouts.all_types")}
              clearable
              clearButtonProps={{ "aria-label": t("layouts.all_types") }}
              data={known.record_types.map((type) => ({ value: type.key, label: label(type.label) }))}
              value={draft.record_type}
              onChange={(type) => set({ record_type: type })}
            />
          )}
          <MultiSelect
            label={t("layouts.for_roles")}
            placeholder={draft.roles.length > 0 ? undefined : t("layouts.all_roles")}
            data={roles}
            value={draft.roles}
            onChange={(chosen) => set({ roles: chosen })}
          />
        </SimpleGrid>
      </div>
      <div className={classes.parts}>
        <SegmentedControl
          aria-label={t("layouts.parts")}
          data={PARTS.map((one) => ({ value: one, label: t(`layouts.part_${one}`) }))}
          value={part}
          onChange={(next) => setPart(next as Part)}
        />
      </div>
      <Group gap="md" justify="space-between">
        <span className={classes.help}>{t(`layouts.part_help_${part}`)}</span>
        <Switch
          label={t("layouts.own_part")}
          checked={own}
          onChange={(event) => take(event.currentTarget.checked)}
        />
      </Group>
      {!own && <p className={classes.inherited}>{t("layouts.inherited")}</p>}
      {part === "sections" && draft.sections && (
        <SectionsEditor known={known} draft={{ ...draft, sections: draft.sections }} onChange={set} />
      )}
      {part === "tabs" && draft.tabs && (
        <TabsEditor
          known={known}
          tabs={draft.tabs}
          sections={draft.sections ?? general.sections}
          onChange={(tabs) => set({ tabs })}
        />
      )}
      {part !== "sections" && part !== "tabs" && draft[part] && (
        <FieldList
          key={part}
          known={known}
          name={t(`layouts.part_${part}`)}
          keys={draft[part] ?? []}
          onChange={(keys) => set({ [part]: keys })}
        />
      )}
      {previewed && (
        <LayoutPreview
          known={known}
          layout={{
            ...general,
            sections: draft.sections ?? general.sections,
            quick: draft.quick ?? general.quick,
          }}
          type={draft.record_type}
          onClose={() => setPreviewed(false)}
        />
      )}
      {question}
      {leaving.question}
    </Stack>
  );
}
