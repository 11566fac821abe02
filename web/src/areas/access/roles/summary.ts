/** What a role amounts to, in one line: how far it reads, what it may besides, what it limits. */
import type { TFunction } from "i18next";
import type { Catalog } from "@/api/types";
import {
  countLimited,
  isNone,
  isOn,
  isUsable,
  lineOf,
  OTHERS,
  type Permissions,
  reachOf,
} from "./permissions";
import { shortReach } from "./reach-words";

export function summaryOf(permissions: Permissions, catalog: Catalog, t: TFunction): string {
  const usual = lineOf(permissions, OTHERS);
  const read = reachOf(usual, "read");
  const edit = reachOf(usual, "edit");
  const own = Object.keys(permissions.objects ?? {}).filter(
    (key) =>
      key !== OTHERS && catalog.objects.some((object) => object.key === key && object.group !== "settings"),
  ).length;
  const limited = catalog.objects.reduce((sum, { key }) => sum + countLimited(lineOf(permissions, key)), 0);
  const system = permissions.system?.length ?? 0;
  return [
    t("roles.sum_read", { reach: shortReach(read, t) }),
    isNone(edit) ? t("roles.sum_no_edit") : t("roles.sum_edit", { reach: shortReach(edit, t) }),
    ...(isUsable(usual, "export") && isOn(usual, "export") ? [t("roles.sum_export")] : []),
    ...(own > 0 ? [t("roles.sum_own", { count: own })] : []),
    ...(limited > 0 ? [t("roles.sum_fields", { count: limited })] : []),
    ...(system > 0 ? [t("roles.sum_system", { count: system })] : []),
  ].join(t("roles.sum_parts"));
}
