/** A period relative to today: a named one, or the last or next n days, weeks or months. */
import { Group, NumberInput, Select } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { isRelativeDate, PERIODS, type Period, type RelativeDate, UNITS, type Unit } from "./relative-date";

const USUAL_COUNT = 7;

export interface RelativeDateInputProps {
  value: unknown;
  onChange(value: RelativeDate): void;
}

export default function RelativeDateInput({ value, onChange }: RelativeDateInputProps) {
  const { t } = useTranslation();
  const now = isRelativeDate(value) ? value : null;
  const kind = !now ? null : "period" in now ? now.period : "last" in now ? "last" : "next";
  const count = now && "last" in now ? now.last : now && "next" in now ? now.next : USUAL_COUNT;
  const unit: Unit = now && "unit" in now ? now.unit : "day";
  const span = (which: string | null, size: number, of: Unit): RelativeDate =>
    which === "last" ? { last: size, unit: of } : { next: size, unit: of };
  const spans = kind === "last" || kind === "next";
  return (
    <Group gap={6} wrap="nowrap" flex={1}>
      <Select
        flex={1}
        aria-label={t("filter.period")}
        allowDeselect={false}
        placeholder={t("filter.period")}
        data={[
          {
            group: t("filter.spans"),
            items: ["last", "next"].map((each) => ({ value: each, label: t(`filter.span_${each}`) })),
          },
          {
            group: t("filter.periods"),
            items: PERIODS.map((each) => ({ value: each, label: t(`filter.period_${each}`) })),
          },
        ]}
        value={kind}
        onChange={(next) =>
          next &&
          onChange(next === "last" || next === "next" ? span(next, count, unit) : { period: next as Period })
        }
      />
      {spans && (
        <>
          <NumberInput
            w={72}
            min={1}
            max={999}
            allowDecimal={false}
            aria-label={t("filter.how_many")}
            value={count}
            onChange={(next) => Number(next) > 0 && onChange(span(kind, Number(next), unit))}
          />
          <Select
            w={84}
            aria-label={t("filter.unit")}
            allowDeselect={false}
            data={UNITS.map((each) => ({ value: each, label: t(`filter.unit_${each}`) }))}
            value={unit}
            onChange={(next) => next && onChange(span(kind, count, next as Unit))}
          />
        </>
      )}
    </Group>
  );
}
