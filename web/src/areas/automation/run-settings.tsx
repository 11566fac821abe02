/** What a flow is called, and with whose rights it reads and writes. */
import { Select, Stack, Switch, Textarea, TextInput } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { findField, useObject } from "@/lib/catalog";
import { label } from "@/lib/label";
import { hueStyle } from "@/ui/chip";
import classes from "./automation.module.css";
import type { Draft } from "./draft";

export function RunSettings({ draft, onChange }: { draft: Draft; onChange(part: Partial<Draft>): void }) {
  const { t } = useTranslation();
  const object = useObject("flow");
  const runAs = object && findField(object, "run_as");
  const own = object && findField(object, "own_effects");
  return (
    <section className={`${classes.section} ${classes.others}`} aria-label={t("automation.section_others")}>
      <div className={classes.sectionHead}>
        <h2 className={classes.word} style={hueStyle("slate")}>
          {t("automation.section_others")}
        </h2>
      </div>
      <div className={classes.card}>
        <Stack gap="sm" p="md">
          <TextInput
            label={t("automation.name")}
            required
            maxLength={100}
            value={draft.name}
            onChange={(event) => onChange({ name: event.currentTarget.value })}
          />
          <Textarea
            label={t("automation.description")}
            autosize
            minRows={1}
            maxRows={6}
            value={draft.description ?? ""}
            onChange={(event) => onChange({ description: event.currentTarget.value || null })}
          />
          {runAs && (
            <Select
              label={label(runAs.label)}
              description={label(runAs.help)}
              allowDeselect={false}
              data={(runAs.settings.options ?? []).map((one) => ({
                value: one.key,
                label: label(one.label),
              }))}
              value={draft.run_as}
              onChange={(next) => next && onChange({ run_as: next })}
            />
          )}
          {own && (
            <Switch
              label={label(own.label)}
              description={t("automation.own_effects_help")}
              checked={draft.own_effects}
              onChange={(event) => onChange({ own_effects: event.currentTarget.checked })}
            />
          )}
        </Stack>
      </div>
    </section>
  );
}
