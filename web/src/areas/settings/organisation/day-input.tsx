/** A day, typed or picked, with its label above it. */
import { Input } from "@mantine/core";
import { fieldKind } from "@/records/field-kinds";
import type { KindField } from "@/records/field-kinds/types";

const DAY: KindField = {
  key: "day",
  kind: "date",
  trait: "date",
  label: { "zh-CN": "", en: "" },
  settings: {},
};

export function DayInput({
  label,
  description,
  value,
  error,
  required,
  onChange,
}: {
  label: string;
  description?: string;
  value: string | null;
  error?: string;
  required?: boolean;
  onChange(day: string | null): void;
}) {
  const Box = fieldKind("date").Input;
  return (
    <Input.Wrapper label={label} description={description} error={error} required={required}>
      <Box
        aria-label={label}
        field={DAY}
        value={value}
        onChange={(day: unknown) => onChange(typeof day === "string" ? day : null)}
      />
    </Input.Wrapper>
  );
}
