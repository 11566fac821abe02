/** Third step: what happens to rows whose record exists already. */
import { Button, Checkbox, MultiSelect, Radio, Stack } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { label } from "@/lib/label";
import classes from "./import.module.css";
import { type Draft, matchable } from "./mapping";
import type { StepProps } from "./mapping-step";

const MODES = ["create", "upsert", "update"] as const;

export function RuleStep({
  object,
  draft,
  onDraft,
  busy,
  onNext,
  onBack,
}: StepProps & {
  busy: boolean;
  onNext: () => void;
  onBack: () => void;
}) {
  const { t } = useTranslation();
  const fields = matchable(draft, object);
  const set = (changed: Partial<Draft>) => onDraft({ ...draft, ...changed });
  const matches = draft.mode !== "create";
  return (
    <>
      <section className={classes.card}>
        <Radio.Group
          label={t("import.mode")}
          value={draft.mode}
          onChange={(mode) => set({ mode: mode as Draft["mode"] })}
        >
          <Stack gap="xs" mt="xs">
            {MODES.map((mode) => (
              <Radio
                key={mode}
                value={mode}
                label={t(`import.mode_${mode}`)}
                description={t(`import.mode_${mode}_text`)}
              />
            ))}
          </Stack>
        </Radio.Group>
        {matches && (
          <MultiSelect
            mt="lg"
            maw={480}
            label={t("import.match")}
            description={t("import.match_text")}
            placeholder={draft.match.length === 0 ? t("import.match_placeholder") : undefined}
            data={fields.map((field) => ({ value: field.key, label: label(field.label) }))}
            value={draft.match}
            onChange={(match) => set({ match })}
          />
        )}
        {matches && (
          <Checkbox
            mt="md"
            label={t("import.clear_empty")}
            description={t("import.clear_empty_text")}
            checked={draft.clearEmpty}
            onChange={(event) => set({ clearEmpty: event.currentTarget.checked })}
          />
        )}
      </section>
      <footer className={classes.foot}>
        <Button variant="default" onClick={onBack}>
          {t("import.back")}
        </Button>
        <Button onClick={onNext} loading={busy} disabled={matches && draft.match.length === 0}>
          {t("import.check")}
        </Button>
      </footer>
    </>
  );
}
