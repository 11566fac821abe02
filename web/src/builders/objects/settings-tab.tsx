/** The settings of an object: what it is called and looks like, what it can do, what must be unique. */
import { Button, Checkbox, Group, Select, SimpleGrid, Stack } from "@mantine/core";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import type { KindCard, Label } from "@/api/types";
import { label } from "@/lib/label";
import { FormProblem } from "@/ui/form-problem";
import { ColorPicker } from "./color-picker";
import { FeatureChoice } from "./feature-choice";
import { GroupSelect } from "./group-select";
import { IconPicker } from "./icon-picker";
import { LabelInputs } from "./label-inputs";
import { bothLanguages, type DesignedWhole, difference, isLive, type ObjectValues } from "./model";
import type { ObjectTabProps } from "./object-tabs";
import classes from "./objects.module.css";
import { useReach } from "./reach";
import { kindsQuery, objectQuery, objectsQuery } from "./requests";
import { useReview } from "./review";
import { showTakeBack } from "./take-back";
import { UniquesEditor } from "./uniques-editor";
import { byLanguage, LABELS, useRefusal } from "./use-refusal";

const ASKED = ["label", "plural", "icon", "color", "title", "features", "group", "board", "uniques"] as const;
type Asked = Pick<ObjectValues, (typeof ASKED)[number]>;

const asked = ({ values }: DesignedWhole) =>
  Object.fromEntries(ASKED.map((name) => [name, values[name]])) as unknown as Asked;

export function SettingsTab({ object }: ObjectTabProps) {
  const [opened, setOpened] = useState(0);
  // What was saved or discarded is read anew; while somebody types, what others do stays away.
  return <SettingsForm key={opened} object={object} onDone={() => setOpened(opened + 1)} />;
}

function SettingsForm({ object, onDone }: ObjectTabProps & { onDone(): void }) {
  const { t } = useTranslation();
  const features = useQuery(objectsQuery()).data?.features ?? object.values.features;
  const kinds = new Map(
    (useQuery(kindsQuery()).data?.kinds ?? []).map((kind): [string, KindCard] => [kind.key, kind]),
  );
  const { whole } = useReach(object);
  const { change, question } = useReview();
  const refusal = useRefusal();
  // The answer is known before it is drawn: what was just saved is not shown as it was.
  const client = useQueryClient();
  const [seen] = useState(() => asked(client.getQueryData(objectQuery(object.key).queryKey) ?? object));
  const [draft, setDraft] = useState(seen);
  const [busy, setBusy] = useState(false);
  const set = (values: Partial<Asked>) => setDraft((now) => ({ ...now, ...values }));
  const { problems } = refusal;
  const readOnly = !isLive(object);
  const hasBoard = draft.features.includes("board");
  const fields = object.parts.filter(isLive);
  const choices = (accepts: (kind: string) => boolean) =>
    fields
      .filter((field) => accepts(field.kind))
      .map((field) => ({ value: field.key, label: label(field.values.label) }));
  const settled: Asked = {
    ...draft,
    label: bothLanguages(draft.label),
    plural: bothLanguages(draft.plural),
    group: draft.group.trim(),
    uniques: draft.uniques.filter((keys) => keys.length > 0),
  };
  const changed = difference(seen, settled);
  const dirty = Object.keys(changed.values).length > 0;

  const submit = async (event: FormEvent) => {
    event.preventDefault();
    if (!dirty || busy) return;
    refusal.clear();
    setBusy(true);
    try {
      const answer = await change({
        verb: "update-object",
        params: { object: object.id, ...changed },
        title: t("objects.settings_of", { name: label(settled.label) }),
        confirmLabel: t("ui.save"),
      });
      if (typeof answer === "object")
        showTakeBack(t("objects.saved", { name: label(settled.label) }), answer);
      if (answer !== "cancelled") onDone();
    } catch (error) {
      refusal.take(error);
    } finally {
      setBusy(false);
    }
  };
  return (
    <form onSubmit={submit} noValidate>
      <Stack gap="md">
        <FormProblem
          text={refusal.general([...LABELS, "plural.zh-CN", "plural.en", "title", "board", "uniques"])}
        />
        <section className={classes.section}>
          <h2 className={classes.sectionTitle}>{t("objects.appearance")}</h2>
          <Stack gap="sm">
            <LabelInputs
              name={t("objects.name")}
              value={draft.label}
              onChange={(words) => set({ label: words as Label })}
              problems={byLanguage(problems, "label")}
              required
              disabled={readOnly}
            />
            <LabelInputs
              name={t("objects.plural")}
              id="plural"
              value={draft.plural}
              onChange={(words) => set({ plural: words as Label })}
              problems={byLanguage(problems, "plural")}
              disabled={readOnly}
            />
            <SimpleGrid cols={{ base: 1, xs: 2 }}>
              <div>
                <span className={classes.label}>{t("objects.icon_and_color")}</span>
                <Stack gap={8}>
                  <IconPicker value={draft.icon} hue={draft.color} onChange={(icon) => set({ icon })} />
                  <ColorPicker
                    value={draft.color}
                    name={t("objects.color")}
                    onChange={(color) => set({ color })}
                  />
                </Stack>
              </div>
              <GroupSelect
                value={draft.group}
                disabled={readOnly || !whole}
                why={whole ? undefined : t("objects.of_workspace")}
                onChange={(group) => set({ group })}
              />
            </SimpleGrid>
          </Stack>
        </section>
        <section className={classes.section}>
          <h2 className={classes.sectionTitle}>{t("objects.records")}</h2>
          <SimpleGrid cols={{ base: 1, xs: 2 }}>
            <Select
              label={t("objects.title_field")}
              description={t("objects.title_field_help")}
              allowDeselect={false}
              searchable
              disabled={readOnly || !object.custom}
              data={choices((kind) => {
                const card = kinds.get(kind);
                return !card || (card.index && card.trait !== "ref");
              })}
              value={draft.title}
              error={problems.title}
              onChange={(title) => title && set({ title })}
            />
            <Select
              label={t("objects.board_field")}
              description={t("objects.board_field_help")}
              clearable={whole}
              clearButtonProps={{ "aria-label": t("objects.no_board") }}
              placeholder={t("objects.no_board")}
              disabled={readOnly || (!whole && !hasBoard)}
              data={choices((kind) => ["choice", "lookup", "person"].includes(kind))}
              value={draft.board}
              error={problems.board}
              onChange={(board) =>
                set({
                  board,
                  features: !whole
                    ? draft.features
                    : board
                      ? [...new Set([...draft.features, "board"])]
                      : draft.features.filter((feature) => feature !== "board"),
                })
              }
            />
          </SimpleGrid>
        </section>
        <section className={classes.section}>
          <Checkbox.Group
            label={t("objects.features")}
            description={whole ? undefined : t("objects.of_workspace")}
            disabled={!whole}
            value={draft.features}
            error={problems.features}
            onChange={(next) => set({ features: next })}
          >
            <FeatureChoice features={features.filter((feature) => feature !== "board")} />
          </Checkbox.Group>
        </section>
        <section className={classes.section}>
          <h2 className={classes.sectionTitle}>{t("objects.uniques")}</h2>
          <UniquesEditor
            uniques={draft.uniques}
            fields={choices((kind) => kinds.get(kind)?.unique ?? false)}
            problem={problems.uniques}
            onChange={(uniques) => set({ uniques })}
          />
        </section>
        <Group justify="flex-end" gap="xs">
          <Button variant="default" disabled={!dirty} onClick={() => setDraft(seen)}>
            {t("objects.reset")}
          </Button>
          <Button type="submit" loading={busy} disabled={!dirty || readOnly}>
            {t("ui.save")}
          </Button>
        </Group>
      </Stack>
      {question}
    </form>
  );
}
