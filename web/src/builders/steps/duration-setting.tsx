/** An amount of time: a number and its unit. */
import { Group, Input, NumberInput, Select } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { words } from "../objects/setting-inputs";
import type { SettingInputProps } from "../objects/setting-props";

const UNITS = ["minutes", "hours", "days", "working_days"] as const;
const MOST = 10_000;

export interface Duration {
  amount: number;
  unit: (typeof UNITS)[number];
}

export function DurationSetting(props: SettingInputProps) {
  const { t } = useTranslation();
  const value = props.value as Partial<Duration> | undefined;
  const unit = value?.unit ?? "days";
  const { label: name, ...rest } = words(props);
  return (
    <Input.Wrapper {...rest} label={name} labelElement="div">
      <Group gap={8} wrap="nowrap" mt={4}>
        <NumberInput
          w={120}
          aria-label={name}
          min={0}
          max={MOST}
          allowDecimal={false}
          value={value?.amount ?? ""}
          onChange={(amount) => props.set(typeof amount === "number" ? { amount, unit } : null)}
        />
        <Select
          w={150}
          aria-label={t("steps.unit")}
          allowDeselect={false}
          data={UNITS.map((each) => ({ value: each, label: t(`steps.unit_${each}`) }))}
          value={unit}
          onChange={(next) => next && props.set({ amount: value?.amount ?? 1, unit: next })}
        />
      </Group>
    </Input.Wrapper>
  );
}
