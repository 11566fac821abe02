/** The settings of a formula: the expression, and as what its values are shown. */
import { NumberInput, Select, SimpleGrid, Stack } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { findObject, useCatalog } from "@/lib/catalog";
import { label } from "@/lib/label";
import { currentLanguage } from "@/lib/language";
import { currencyChoices } from "../objects/currencies";
import type { KindSettingsProps } from "../objects/setting-props";
import { FormulaEditor } from "./formula-editor";
import type { FormulaAnswer } from "./requests";
import { resultsFor } from "./results";

export function FormulaSettings({ kind, object, settings, onChange, problems }: KindSettingsProps) {
  const { t } = useTranslation();
  const catalog = useCatalog();
  const words = new Map(
    kind.settings.find(({ name }) => name === "result")?.choices.map((each) => [each.key, label(each.label)]),
  );
  const result = typeof settings.result === "string" ? settings.result : null;
  const type = typeof settings.type === "string" ? settings.type : null;
  const offered = type ? resultsFor(type) : [...words.keys()];
  const learn = (expression: string, answer: FormulaAnswer | null) => {
    const next: Record<string, unknown> = { ...settings, expression };
    const known = answer?.type;
    if (known) {
      // An amount of money is a number in a currency.
      const given = known.name === "number" && known.currency ? "money" : known.name;
      const fitting = resultsFor(given);
      // The result follows what the formula gives, unless what was chosen fits as well.
      if (!result || !fitting.includes(result)) next.result = fitting[0];
      if (next.result === "money") next.currency = known.currency ?? settings.currency ?? "CNY";
      if (next.result === "record") next.target = known.target;
      next.type = given;
    }
    onChange(next);
  };
  return (
    <Stack gap="sm">
      <FormulaEditor
        object={object.key}
        name={t("formula.expression")}
        expression={String(settings.expression ?? "")}
        onChange={learn}
        problem={problems.settings ?? problems["settings.expression"]}
      />
      <SimpleGrid cols={2} spacing="sm">
        <Select
          label={t("formula.result")}
          allowDeselect={false}
          data={offered.map((key) => ({ value: key, label: words.get(key) ?? key }))}
          value={result}
          error={problems["settings.result"]}
          onChange={(next) => onChange({ ...settings, result: next })}
        />
        {(result === "number" || result === "percent") && (
          <NumberInput
            label={t("formula.decimals")}
            min={0}
            max={10}
            allowDecimal={false}
            value={Number(settings.decimals ?? 2)}
            onChange={(next) => onChange({ ...settings, decimals: Number(next) })}
          />
        )}
        {result === "money" && (
          <Select
            label={t("formula.currency")}
            searchable
            allowDeselect={false}
            data={currencyChoices(currentLanguage())}
            value={String(settings.currency ?? "CNY")}
            onChange={(next) => onChange({ ...settings, currency: next ?? undefined })}
          />
        )}
        {result === "record" && settings.target && (
          <Select
            label={t("formula.target")}
            data={[{ value: settings.target, label: label(findObject(catalog, settings.target)?.label) }]}
            value={settings.target}
            readOnly
          />
        )}
      </SimpleGrid>
    </Stack>
  );
}
