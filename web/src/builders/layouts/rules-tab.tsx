/** The rules of an object: what they do, to which fields, whether they are in force. */
import { useTranslation } from "react-i18next";
import { findField } from "@/lib/catalog";
import { label } from "@/lib/label";
import { Chip } from "@/ui/chip";
import type { ObjectTabProps } from "../objects/object-tabs";
import { ComponentTab } from "./component-tab";
import { BLANK_RULE, type RuleValues } from "./model";
import { RuleForm } from "./rule-form";

const COMMA = { "zh-CN": "、", en: ", " };
const HUES = {
  visible: "blue",
  required: "orange",
  read_only: "slate",
  options: "violet",
  invalid: "red",
} as const;

export function RulesTab({ object }: ObjectTabProps) {
  const { t } = useTranslation();
  return (
    <ComponentTab<RuleValues>
      object={object}
      kind="rule"
      word="rule"
      blank={BLANK_RULE}
      columns={(known) => [
        {
          title: t("layouts.effect"),
          draw: ({ values }) => <Chip hue={HUES[values.effect]}>{t(`layouts.effect_${values.effect}`)}</Chip>,
        },
        {
          title: t("layouts.fields"),
          draw: ({ values }) =>
            values.fields.map((key) => label(findField(known, key)?.label) || key).join(label(COMMA)),
        },
        {
          title: t("layouts.active"),
          draw: ({ values }) => (
            <Chip hue={values.active ? "green" : "slate"} dot>
              {t(values.active ? "layouts.is_active" : "layouts.is_idle")}
            </Chip>
          ),
        },
      ]}
      draw={(form) => <RuleForm {...form} />}
    />
  );
}
