/** Values that stand for whoever looks: their own field in place of a fixed value, in filters that hold for many people. */
import type { TFunction } from "i18next";
import { createContext } from "react";
import type { CatalogObject } from "@/api/types";
import { label } from "@/lib/label";

export const MINE = "@me.";

/** Whether filters built inside may compare with what the member themselves holds. */
export const MineOffered = createContext(false);

/** The value that stands for a field of the member, alone or as the one entry of a list; null for any other. */
export function mineIn(value: unknown): string | null {
  const one = Array.isArray(value) && value.length === 1 ? value[0] : value;
  return typeof one === "string" && one.startsWith(MINE) ? one : null;
}

/** "我的区域". */
export function mineText(value: string, member: CatalogObject | undefined, t: TFunction): string {
  const key = value.slice(MINE.length);
  const field = member?.fields.find((each) => each.key === key);
  return t("filter.mine_of", { name: label(field?.label) || key });
}
