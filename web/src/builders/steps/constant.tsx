/** A value that is always the same, written with the field's own editor. */
import { useQuery } from "@tanstack/react-query";
import type { Field, Reference } from "@/api/types";
import { findObject, useCatalog } from "@/lib/catalog";
import { fieldKind } from "@/records/field-kinds";
import type { KindField } from "@/records/field-kinds/types";
import { referencesQuery } from "@/records/lookup/references";
import { targetOf } from "@/records/query/paths";

interface ConstantProps {
  field: KindField & Pick<Field, "trait">;
  of: string | undefined;
  name: string;
  value: unknown;
  onChange(value: unknown): void;
}

/** A constant of a field; records that it names are kept by their ids and shown by their titles. */
export function Constant({ field, of, name, value, onChange }: ConstantProps) {
  const catalog = useCatalog();
  const target =
    field.trait === "refs"
      ? findObject(catalog, field.settings.target ?? "")
      : targetOf(catalog, field as Field);
  const ids = (Array.isArray(value) ? value : [value]).filter(
    (one): one is string => typeof one === "string",
  );
  const titles = useQuery({
    ...referencesQuery(target?.key ?? "", target?.title ?? "", ids),
    enabled: Boolean(target) && ids.length > 0,
  }).data;
  const { Input } = fieldKind(field.kind);
  const named = (id: unknown): Reference => ({
    id: String(id),
    title: titles?.find((one) => one.id === id)?.title ?? "…",
  });
  const shown = !target ? value : Array.isArray(value) ? value.map(named) : value ? named(value) : null;
  const idOf = (one: unknown) => (typeof one === "object" && one !== null && "id" in one ? one.id : one);
  return (
    <Input
      aria-label={name}
      field={{ ...field, required: false }}
      object={of}
      value={shown}
      onChange={(next: unknown) =>
        onChange(target ? (Array.isArray(next) ? next.map(idOf) : idOf(next)) : next)
      }
    />
  );
}
