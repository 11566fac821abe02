/** Whether an import may make what a reference does not find. */
import type { Catalog, Field } from "@/api/types";
import { findObject } from "@/lib/catalog";
import { can } from "@/lib/rights";

/**
 * Everything that one may create: a colleague named as somebody's manager as well, who is a member without an account
 * like those of a file of members. Only who owns or does something must be there before.
 */
export function mayCreateMissing(catalog: Catalog, field: Field): boolean {
  if (field.kind === "person") return false;
  const targets = field.settings.targets ?? (field.settings.target ? [field.settings.target] : []);
  const [target, ...others] = targets;
  return target !== undefined && others.length === 0 && can(findObject(catalog, target), "create");
}
