/** Which options can be chosen under each option of the choice that this one depends on. */
import { MultiSelect, Stack } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { findField, useObject } from "@/lib/catalog";
import { label } from "@/lib/label";
import { isUnnamed } from "./options";
import type { SettingInputProps } from "./setting-props";

export function AllowedOptions({ object, settings, set, value, problem }: SettingInputProps) {
  const { t } = useTranslation();
  const own = useObject(object.key);
  const on = typeof settings.depends_on === "string" ? settings.depends_on : null;
  const parent = own && on ? findField(own, on) : undefined;
  if (!parent) return null;
  const allowed = (value as Record<string, string[]> | undefined) ?? {};
  const options = (settings.options ?? []).filter((option) => !isUnnamed(option));
  return (
    <Stack gap={8}>
      {(parent.settings.options ?? []).map((option) => (
        <MultiSelect
          key={option.key}
          label={t("objects.allowed_under", { name: label(option.label) })}
          placeholder={allowed[option.key] ? undefined : t("objects.allowed_all")}
          data={options.map((each) => ({ value: each.key, label: label(each.label) }))}
          value={allowed[option.key] ?? []}
          error={problem}
          onChange={(chosen) => {
            const { [option.key]: _before, ...others } = allowed;
            set(chosen.length > 0 ? { ...others, [option.key]: chosen } : others);
          }}
        />
      ))}
    </Stack>
  );
}
