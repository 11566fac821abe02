/** A reach in words, short for a cell and whole for those who listen or hover. */
import type { TFunction } from "i18next";
import type { Hue } from "@/api/types";
import { isNone, type ReachParts, type Scope } from "./permissions";

const HUE_OF: Record<Scope, Hue> = {
  none: "slate",
  own: "slate",
  department: "cyan",
  tree: "blue",
  all: "green",
};

export const hueOfReach = (reach: ReachParts): Hue =>
  reach.scope !== "all" && (reach.where || reach.departments.length > 0) ? "violet" : HUE_OF[reach.scope];

/** "本人", "本人 + 2 个部门 + 条件". */
export function shortReach(reach: ReachParts, t: TFunction): string {
  if (isNone(reach)) return t("roles.reach_none");
  return [
    ...(reach.scope === "none" ? [] : [t(`roles.reach_${reach.scope}`)]),
    ...(reach.departments.length > 0
      ? [t("roles.reach_departments", { count: reach.departments.length })]
      : []),
    ...(reach.where ? [t("roles.reach_where")] : []),
  ].join(" + ");
}
