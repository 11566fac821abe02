/** A filter in words, for chips and for people who listen to the screen. */
import type { TFunction } from "i18next";
import type { Catalog, CatalogObject, Field, Filter, Language } from "@/api/types";
import { findObject } from "@/lib/catalog";
import { label } from "@/lib/label";
import { fieldKind } from "../field-kinds";
import { countRules, takesNoValue } from "../query/filter";
import { pathLabel, resolvePath } from "../query/paths";
import { isDistance } from "./distance";
import { mineIn, mineText } from "./mine";
import { relativeDateText } from "./relative-date";

export type Describing = { catalog: Catalog; object: CatalogObject; language: Language; t: TFunction };

export function describeFilter(filter: Filter, context: Describing): string {
  const { object, t } = context;
  if ("and" in filter || "or" in filter) {
    const parts = "and" in filter ? filter.and : filter.or;
    const word = t("and" in filter ? "filter.and" : "filter.or");
    return parts
      .map((part) =>
        countRules(part) > 1 ? `(${describeFilter(part, context)})` : describeFilter(part, context),
      )
      .join(` ${word} `);
  }
  if ("not" in filter) return t("filter.not", { what: describeFilter(filter.not, context) });
  if ("has" in filter) {
    const relation = object.relations.find((each) => each.key === filter.has);
    const target = relation && context.catalog.objects.find((each) => each.key === relation.object);
    const name = label(relation?.label) || filter.has;
    if (!filter.where || !target) return t("filter.has_any", { name });
    return t("filter.has", { name, what: describeFilter(filter.where, { ...context, object: target }) });
  }
  const fields = resolvePath(context.catalog, object, filter.field);
  const name = fields ? pathLabel(fields, context.language) : filter.field;
  const op = t(`filter.op_${plainOperator(filter.op, filter.value)}`);
  const field = fields?.at(-1);
  if (takesNoValue(filter.op) || !field) return `${name} ${op}`;
  return `${name} ${op} ${valueText(filter.value, field, context)}`;
}

/** "Is one of" a single thing reads as "is". */
function plainOperator(op: string, value: unknown): string {
  const single = Array.isArray(value) && value.length === 1;
  if (single && op === "in") return "eq";
  if (single && op === "not_in") return "ne";
  return op;
}

function valueText(value: unknown, field: Field, { catalog, language, t }: Describing): string {
  const mine = mineIn(value);
  if (mine) return mineText(mine, findObject(catalog, "member"), t);
  if (value === "@me") return t("filter.me");
  if (value === "@my_department") return t("filter.my_department");
  const relative = relativeDateText(value, t);
  if (relative) return relative;
  const kind = fieldKind(field.kind);
  if (isDistance(value))
    return t("filter.distance", { place: kind.toText(value, field, language), km: value.km });
  const one = (each: unknown) =>
    each === "@me" ? t("filter.me") : kind.toText(each, field, language) || String(each);
  if (field.trait === "tags" || field.trait === "refs" || field.trait === "choices")
    return kind.toText(value, field, language);
  return Array.isArray(value) ? value.map(one).join(language === "zh-CN" ? "、" : ", ") : one(value);
}
