/** A period: one of those that are asked for most, or any two days. */
import { SegmentedControl, TextInput } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { monthBack, today } from "./days";

export type Period = [begins: string, ends: string];

export const PERIODS = {
  this_month: (): Period => [monthBack(0)[0], today()],
  last_month: (): Period => monthBack(1),
  this_year: (): Period => [`${today().slice(0, 4)}-01-01`, today()],
};

export function PeriodFields({ value, onChange }: { value: Period; onChange(next: Period): void }) {
  const { t } = useTranslation();
  const [begins, ends] = value;
  const chosen = Object.entries(PERIODS).find(([, days]) => days().join() === value.join())?.[0] ?? "";
  return (
    <>
      <SegmentedControl
        size="xs"
        value={chosen}
        data={Object.keys(PERIODS).map((key) => ({ value: key, label: t(`billing.${key}`) }))}
        onChange={(key) => onChange(PERIODS[key as keyof typeof PERIODS]())}
      />
      <TextInput
        size="xs"
        type="date"
        aria-label={t("billing.begins")}
        value={begins}
        onChange={(event) => event.currentTarget.value && onChange([event.currentTarget.value, ends])}
      />
      <TextInput
        size="xs"
        type="date"
        aria-label={t("billing.ends")}
        value={ends}
        onChange={(event) => event.currentTarget.value && onChange([begins, event.currentTarget.value])}
      />
    </>
  );
}
