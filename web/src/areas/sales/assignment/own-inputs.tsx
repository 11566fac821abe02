/** Inputs of what is no ordinary field: a condition about leads, regions, industries, and the weights of members. */
import { CloseButton, Input, MultiSelect, NumberInput } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { Field, Filter, Reference } from "@/api/types";
import { findField, useObject } from "@/lib/catalog";
import { label } from "@/lib/label";
import { currentLanguage } from "@/lib/language";
import { fieldKind } from "@/records/field-kinds";
import { StoredFilter } from "@/records/filter/stored-filter";
import { FormField } from "@/records/form/form-field";
import { Chip } from "@/ui/chip";
import classes from "./assignment.module.css";
import type { Region, Setting } from "./requests";

interface OwnInputProps {
  field: Field;
  kind: Setting;
  values: Record<string, unknown>;
  problem: string | undefined;
  onChange(key: string, value: unknown): void;
}

export function OwnInput({ field, kind, values, problem, onChange }: OwnInputProps) {
  const { t } = useTranslation();
  const lead = useObject("lead");
  const value = values[field.key];
  const shared = { label: label(field.label), description: label(field.help) || undefined, error: problem };
  if (field.key === "where") {
    return (
      <Input.Wrapper {...shared} labelElement="div">
        {lead && (
          <StoredFilter
            object={lead}
            where={(value as Filter | null) ?? null}
            onChange={(where) => onChange("where", where)}
          />
        )}
      </Input.Wrapper>
    );
  }
  if (field.key === "regions") {
    return (
      <Input.Wrapper {...shared} labelElement="div">
        <Regions
          value={(value as Region[] | null) ?? []}
          onChange={(next) => onChange("regions", next.length ? next : null)}
        />
      </Input.Wrapper>
    );
  }
  if (field.key === "industries") {
    const options = (lead && findField(lead, "industry")?.settings.options) as
      | { key: string; label: Record<string, string> }[]
      | undefined;
    return (
      <MultiSelect
        {...shared}
        searchable
        data={(options ?? []).map((one) => ({ value: one.key, label: label(one.label) }))}
        value={(value as string[] | null) ?? []}
        onChange={(next) => onChange("industries", next.length ? next : null)}
      />
    );
  }
  if (field.key === "weights") {
    const members = (values.members as Reference[] | null) ?? [];
    const weights = (value as Record<string, number> | null) ?? {};
    if (!members.length) return null;
    return (
      <Input.Wrapper {...shared} labelElement="div">
        <ul className={classes.weights}>
          {members.map(({ id, title }) => (
            <li key={id}>
              <span>{title}</span>
              <NumberInput
                aria-label={t("assignment.weight_of", { name: title ?? "" })}
                className={classes.weight}
                min={1}
                max={10}
                allowDecimal={false}
                clampBehavior="strict"
                value={weights[id] ?? 1}
                onChange={(next) => {
                  const { [id]: _, ...others } = weights;
                  onChange("weights", Number(next) > 1 ? { ...others, [id]: Number(next) } : others);
                }}
              />
            </li>
          ))}
        </ul>
      </Input.Wrapper>
    );
  }
  const set = (key: string, next: unknown) => {
    onChange(key, next);
    if (key === "members" && kind === "territory") {
      const left = new Set(((next as Reference[] | null) ?? []).map(({ id }) => id));
      const weights = (values.weights as Record<string, number> | null) ?? {};
      onChange("weights", Object.fromEntries(Object.entries(weights).filter(([id]) => left.has(id))));
    }
  };
  return <FormField field={field} object={kind} value={value} problem={problem} onChange={set} />;
}

function Regions({ value, onChange }: { value: Region[]; onChange(next: Region[]): void }) {
  const { t } = useTranslation();
  const language = currentLanguage();
  // The input forgets what it was given once it is taken over: it only ever adds.
  const [added, setAdded] = useState(0);
  const RegionInput = fieldKind("region").Input;
  const name = (one: Region) => (language === "en" ? one.name_en : one.name);
  return (
    <>
      {value.length > 0 && (
        <ul className={classes.regions}>
          {value.map((one) => (
            <li key={one.code}>
              <Chip hue="slate">
                {name(one)}
                <CloseButton
                  size="xs"
                  aria-label={t("assignment.remove_region", { name: name(one) })}
                  onClick={() => onChange(value.filter(({ code }) => code !== one.code))}
                />
              </Chip>
            </li>
          ))}
        </ul>
      )}
      <RegionInput
        key={added}
        field={{ key: "region", kind: "region", label: { "zh-CN": "", en: "" }, settings: { level: "area" } }}
        value={null}
        aria-label={t("assignment.add_region")}
        onChange={(picked) => {
          const one = picked as Region | null;
          if (!one) return;
          setAdded(added + 1);
          if (!value.some(({ code }) => code === one.code)) onChange([...value, one]);
        }}
      />
    </>
  );
}
