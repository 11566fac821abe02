/** The settings of a roll-up: over which records, how they are summed up, and which of them count. */
import { Select, SimpleGrid, Stack } from "@mantine/core";
import { useTranslation } from "react-i18next";
import type { CatalogObject, Field, Filter } from "@/api/types";
import { findField, findObject, holdsValue, useCatalog, useObject } from "@/lib/catalog";
import { label } from "@/lib/label";
import { FilterBuilder } from "@/records/filter/filter-builder";
import { toWire } from "@/records/query/filter";
import type { KindSettingsProps } from "../objects/setting-props";
import { accepted, relationsTo } from "./roll-up";

export function RollUpSettings({ kind, object, settings, onChange, problems }: KindSettingsProps) {
  const { t } = useTranslation();
  const catalog = useCatalog();
  const own = useObject(object.key);
  if (!own) return null;
  const relations = relationsTo(catalog, own);
  const current = relations.find(
    (one) =>
      one.object === settings.object &&
      (one.through ? one.through === settings.through : one.by === settings.by),
  );
  const child = typeof settings.object === "string" ? findObject(catalog, settings.object) : undefined;
  const how = typeof settings.function === "string" ? settings.function : null;
  const choices = kind.settings.find(({ name }) => name === "function")?.choices ?? [];
  const named = (one: { object: string; by?: string; through?: string }) => {
    const other = findObject(catalog, one.object);
    const field = one.through ? findField(own, one.through) : other && findField(other, one.by ?? "");
    return t("formula.relation_by", { object: label(other?.plural), field: label(field?.label) });
  };
  return (
    <Stack gap="sm">
      <Select
        label={t("formula.over")}
        placeholder={relations.length === 0 ? t("formula.over_none") : t("formula.choose")}
        withAsterisk
        searchable
        allowDeselect={false}
        data={relations.map((one, at) => ({ value: String(at), label: named(one) }))}
        value={current ? String(relations.indexOf(current)) : null}
        error={problems["settings.object"] ?? problems["settings.by"] ?? problems["settings.through"]}
        onChange={(at) => {
          const one = relations[Number(at)];
          if (one)
            onChange({
              object: one.object,
              ...(one.through ? { through: one.through } : { by: one.by }),
              function: how ?? "count",
            });
        }}
      />
      {child && (
        <>
          <SimpleGrid cols={2} spacing="sm">
            <Select
              label={t("formula.function")}
              withAsterisk
              allowDeselect={false}
              data={choices.map((each) => ({ value: each.key, label: label(each.label) }))}
              value={how}
              error={problems["settings.function"]}
              onChange={(next) =>
                onChange({ ...settings, function: next, field: undefined, sort: undefined })
              }
            />
            {how && how !== "count" && (
              <FieldSelect
                name={t("formula.field")}
                of={child}
                accepts={accepted(how)}
                required
                value={settings.field}
                problem={problems["settings.field"]}
                onChange={(field) => onChange({ ...settings, field: field ?? undefined })}
              />
            )}
            {(how === "first" || how === "last" || how === "list") && (
              <FieldSelect
                name={t("formula.sort")}
                of={child}
                accepts={(field) => field.sortable}
                value={settings.sort}
                problem={problems["settings.sort"]}
                onChange={(sort) => onChange({ ...settings, sort: sort ?? undefined })}
              />
            )}
          </SimpleGrid>
          <div>
            <span style={{ display: "block", marginBottom: 4, fontSize: 13, fontWeight: 500 }}>
              {t("formula.where")}
            </span>
            <FilterBuilder
              key={child.key}
              object={child}
              where={(settings.where as Filter | undefined) ?? null}
              onChange={(where) => onChange({ ...settings, where: toWire(where) ?? undefined })}
            />
          </div>
        </>
      )}
    </Stack>
  );
}

function FieldSelect({
  name,
  of,
  accepts,
  value,
  required,
  problem,
  onChange,
}: {
  name: string;
  of: CatalogObject;
  accepts(field: Field): boolean;
  value: unknown;
  required?: boolean;
  problem?: string;
  onChange(value: string | null): void;
}) {
  return (
    <Select
      label={name}
      searchable
      withAsterisk={required}
      clearable={!required}
      allowDeselect={!required}
      data={of.fields
        .filter((field) => holdsValue(field) && accepts(field))
        .map((field) => ({ value: field.key, label: label(field.label) }))}
      value={typeof value === "string" ? value : null}
      error={problem}
      onChange={onChange}
    />
  );
}
