/** Whether an import may make what a reference does not find. */
import type { Catalog, Field } from "@/api/types";
import { findObject } from "@/lib/catalog";
import { can } from "@/lib/rights";

/** People are invited, not made by a file; everything else needs the right to create it. */
export function mayCreateMissing(catalog: Catalog, field: Field): boolean {
  if (field.kind === "person") return false;
  const target = field.settings.target ?? field.settings.targets?.[0];
  return target !== undefined && target !== "member" && can(findObject(catalog, target), "create");
}
