/** One rule: what happens to which fields, when, and what people are told. */
import { MultiSelect, Select, Switch } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { CatalogObject, Field } from "@/api/types";
import { findField } from "@/lib/catalog";
import { label } from "@/lib/label";
import { FormProblem } from "@/ui/form-problem";
import { LabelInputs } from "../objects/label-inputs";
import { byLanguage, LABELS } from "../objects/use-refusal";
import { ComponentDrawer } from "./component-drawer";
import type { FormProps } from "./component-tab";
import { ConditionInput } from "./condition-input";
import { BLANK_RULE, EFFECTS, type Effect, placeable, type RuleValues } from "./model";
import { useDraft } from "./use-draft";
import { useSave } from "./use-save";
import { WordsInputs } from "./words-inputs";

const CHOOSING = new Set(["choice", "choices"]);

/** Fields on which the rule can have its effect. */
function concerned(known: CatalogObject, effect: Effect): Field[] {
  const fields = placeable(known.fields);
  if (effect === "options") return fields.filter(({ trait }) => CHOOSING.has(trait));
  if (effect === "required" || effect === "read_only")
    return fields.filter(
      ({ read_only, trait, kind, system, key }) =>
        !read_only &&
        trait !== "none" &&
        trait !== "rows" &&
        kind !== "auto_number" &&
        (!system || key === "owner"),
    );
  return fields;
}

export function RuleForm({ object, known, component, position, onClose }: FormProps<RuleValues>) {
  const { t } = useTranslation();
  const { draft, set, unsaved } = useDraft<RuleValues>(
    () => component?.values ?? { ...BLANK_RULE, label: { "zh-CN": "", en: "" }, position },
  );
  const [missing, setMissing] = useState(false);
  const { save, busy, refusal, question } = useSave<RuleValues>({
    object,
    kind: "rule",
    component,
    onDone: onClose,
  });
  const { problems } = refusal;
  const fields = concerned(known, draft.effect);
  const options = draft.fields.flatMap((key) => findField(known, key)?.settings.options ?? []);
  const offered = [...new Map(options.map((option) => [option.key, option])).values()];
  const choose = (effect: Effect) => {
    const possible = new Set(concerned(known, effect).map(({ key }) => key));
    set({ effect, fields: draft.fields.filter((key) => possible.has(key)), options: [] });
  };
  const submit = () => {
    if (missing || (draft.effect === "invalid" && !draft.when)) {
      refusal.clear();
      refusal.say("when", t("layouts.when_missing"));
      return;
    }
    const { message, ...values } = draft;
    const said = message?.["zh-CN"].trim() || message?.en.trim();
    save({ ...values, message: said ? inBoth(message) : null });
  };
  return (
    <ComponentDrawer
      title={component ? label(component.values.label) : t("layouts.new_rule")}
      unsaved={unsaved}
      busy={busy}
      onSubmit={submit}
      onClose={onClose}
      question={question}
    >
      <FormProblem
        text={refusal.general([...LABELS, "fields", "options", "when", "message.zh-CN", "message.en"])}
      />
      <LabelInputs
        name={t("objects.name")}
        value={draft.label}
        onChange={(words) => set({ label: { "zh-CN": words["zh-CN"] ?? "", en: words.en ?? "" } })}
        problems={byLanguage(problems, "label")}
        required
        autoFocus
      />
      <Select
        label={t("layouts.effect")}
        description={t(`layouts.effect_help_${draft.effect}`)}
        allowDeselect={false}
        data={EFFECTS.map((effect) => ({ value: effect, label: t(`layouts.effect_${effect}`) }))}
        value={draft.effect}
        onChange={(effect) => effect && choose(effect as Effect)}
      />
      <MultiSelect
        label={t("layouts.fields")}
        data={fields.map((field) => ({ value: field.key, label: label(field.label) }))}
        searchable
        value={draft.fields}
        error={problems.fields}
        onChange={(keys) => set({ fields: keys, options: [] })}
      />
      {draft.effect === "options" && (
        <MultiSelect
          label={t("layouts.left_options")}
          data={offered.map((option) => ({ value: option.key, label: label(option.label) }))}
          searchable
          value={draft.options}
          error={problems.options}
          onChange={(keys) => set({ options: keys })}
        />
      )}
      <ConditionInput
        object={known}
        value={draft.when}
        always={draft.effect !== "invalid"}
        problem={problems.when ?? problems["when.where"] ?? problems["when.formula"]}
        onChange={(when, without) => {
          set({ when });
          setMissing(without);
        }}
      />
      <WordsInputs
        name={t("layouts.message")}
        help={t("layouts.message_help")}
        required={draft.effect === "invalid"}
        value={draft.message ?? { "zh-CN": "", en: "" }}
        problems={byLanguage(problems, "message")}
        onChange={(message) => set({ message })}
      />
      <Switch
        label={t("layouts.in_force")}
        checked={draft.active}
        onChange={(event) => set({ active: event.currentTarget.checked })}
      />
    </ComponentDrawer>
  );
}

function inBoth(words: RuleValues["message"]): RuleValues["message"] {
  if (!words) return null;
  return { "zh-CN": words["zh-CN"].trim() || words.en.trim(), en: words.en.trim() || words["zh-CN"].trim() };
}
