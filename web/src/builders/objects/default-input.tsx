/** The value that new records begin with: none, one that is always the same, who or when, or a formula. */
import { Input, SegmentedControl, Stack } from "@mantine/core";
import { lazy, Suspense, useState } from "react";
import { useTranslation } from "react-i18next";
import type { FieldSettings, KindCard } from "@/api/types";
import { fieldKind } from "@/records/field-kinds";
import type { DesignedWhole } from "./model";

const FormulaEditor = lazy(() =>
  import("../formula/formula-editor").then((module) => ({ default: module.FormulaEditor })),
);

/** Values that are known only when the record is made. */
const MOMENTARY: Record<string, string> = { person: "@me", date: "@today", datetime: "@now" };
/** Kinds whose values belong to one record alone. */
const WITHOUT = new Set([
  "file",
  "image",
  "signature",
  "about",
  "many_to_many",
  "auto_number",
  "sub_table",
  "button",
]);

type How = "none" | "constant" | "momentary" | "formula";

export function DefaultInput({
  object,
  kind,
  settings,
  value,
  onChange,
  problem,
}: {
  object: DesignedWhole;
  kind: KindCard;
  settings: FieldSettings;
  value: unknown;
  onChange(value: unknown): void;
  problem: string | undefined;
}) {
  const { t } = useTranslation();
  const momentary = MOMENTARY[kind.key];
  const [how, setHow] = useState<How>(() => howIs(value, momentary));
  if (
    kind.generated ||
    kind.secret ||
    !kind.holds_value ||
    kind.group === "computed" ||
    WITHOUT.has(kind.key)
  )
    return null;
  const { Input: KindInput } = fieldKind(kind.key);
  const ways: How[] = ["none", "constant", ...(momentary ? (["momentary"] as const) : []), "formula"];
  return (
    <Input.Wrapper label={t("objects.default")} error={how === "formula" ? undefined : problem}>
      <Stack gap={8} align="stretch">
        <SegmentedControl
          size="xs"
          style={{ alignSelf: "flex-start" }}
          aria-label={t("objects.default")}
          data={ways.map((each) => ({
            value: each,
            label: t(each === "momentary" ? `objects.default_${kind.key}` : `objects.default_${each}`),
          }))}
          value={how}
          onChange={(next) => {
            setHow(next as How);
            onChange(next === "momentary" ? momentary : null);
          }}
        />
        {how === "constant" && (
          <KindInput
            aria-label={t("objects.default")}
            field={{ key: "default", kind: kind.key, trait: kind.trait, label: kind.label, settings }}
            object={object.key}
            value={value}
            onChange={onChange}
          />
        )}
        {how === "formula" && (
          <Suspense fallback={null}>
            <FormulaEditor
              object={object.key}
              name={t("objects.default_formula")}
              expression={formulaOf(value) ?? ""}
              onChange={(expression) => onChange(expression ? { formula: expression } : null)}
              problem={problem}
            />
          </Suspense>
        )}
      </Stack>
    </Input.Wrapper>
  );
}

function formulaOf(value: unknown): string | null {
  const formula = typeof value === "object" && value !== null && "formula" in value ? value.formula : null;
  return typeof formula === "string" ? formula : null;
}

function howIs(value: unknown, momentary: string | undefined): How {
  if (value === null || value === undefined) return "none";
  if (value === momentary) return "momentary";
  return formulaOf(value) === null ? "constant" : "formula";
}
