/** When a rule holds: always, for records that a filter finds, or where a formula says so. */
import { Input, SegmentedControl, Text } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { CatalogObject, Filter } from "@/api/types";
import { FilterBuilder } from "@/records/filter/filter-builder";
import { toWire } from "@/records/query/filter";
import { FormulaEditor } from "../formula/formula-editor";
import type { Condition } from "./model";

type Way = "always" | "where" | "formula";

function whereOf(filter: Filter | null): Condition {
  const where = toWire(filter);
  return where && { where };
}

function wayOf(condition: Condition, always: boolean): Way {
  if (!condition) return always ? "always" : "where";
  return "where" in condition ? "where" : "formula";
}

export function ConditionInput({
  object,
  value,
  always,
  problem,
  name,
  help,
  alwaysHelp,
  onChange,
}: {
  object: CatalogObject;
  /** What the condition is called, and what is said beneath that, where a rule's own words do not fit. */
  name?: string;
  help?: string;
  alwaysHelp?: string;
  value: Condition;
  /** May the rule hold without a condition? */
  always: boolean;
  problem?: string;
  /** `missing` while a condition is wanted that is not there yet. */
  onChange(value: Condition, missing: boolean): void;
}) {
  const { t } = useTranslation();
  const [way, setWay] = useState<Way>(() => wayOf(value, always));
  const shown = way === "always" && !always ? "where" : way;
  const choose = (next: Way) => {
    setWay(next);
    onChange(null, next !== "always");
  };
  const called = name ?? t("layouts.when");
  return (
    <Input.Wrapper label={called} description={help} error={problem} labelElement="div">
      <SegmentedControl
        size="xs"
        mt={4}
        mb={8}
        fullWidth
        aria-label={called}
        data={[
          ...(always ? [{ value: "always", label: t("layouts.when_always") }] : []),
          { value: "where", label: t("layouts.when_where") },
          { value: "formula", label: t("layouts.when_formula") },
        ]}
        value={shown}
        onChange={(next) => choose(next as Way)}
      />
      {shown === "where" && (
        <FilterBuilder
          object={object}
          where={value && "where" in value ? value.where : null}
          pause={0}
          onChange={(where) => onChange(whereOf(where), !where)}
        />
      )}
      {shown === "formula" && (
        <FormulaEditor
          object={object.key}
          name={t("layouts.formula")}
          expression={value && "formula" in value ? value.formula : ""}
          onChange={(formula) => onChange(formula.trim() ? { formula } : null, !formula.trim())}
        />
      )}
      {shown === "always" && (
        <Text size="sm" c="dimmed">
          {alwaysHelp ?? t("layouts.when_always_help")}
        </Text>
      )}
    </Input.Wrapper>
  );
}
