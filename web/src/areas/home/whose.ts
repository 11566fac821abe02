/** Whose work the workbench shows: one's own, or that of the own department and those below it. */
import { useState } from "react";
import type { Filter, Me, Rights } from "@/api/types";
import { useObject } from "@/lib/catalog";
import { useMe } from "@/lib/me";
import { currentWorkspace } from "@/lib/workspace";
import { MINE, ofDepartment } from "./questions";

export type Whose = "mine" | "department";

export interface Viewpoint {
  whose: Whose;
  filter: Filter;
}

type Read = Rights["read"] | undefined;

/** Whether a reach shows records of others than oneself. */
function isWide(read: Read): boolean {
  if (typeof read === "object") return isWide(read.scope) || (read.departments ?? []).length > 0;
  return read === "department" || read === "tree" || read === "all";
}

/** The department whose work somebody may look at; null when they see their own records alone, or sit in none. */
export function departmentInView(me: Me, ...reads: Read[]): string | null {
  return reads.some(isWide) ? (me.member.department?.id ?? null) : null;
}

/** The chosen viewpoint, remembered in this browser; `choose` is null for those who have no choice. */
export function useWhose(): Viewpoint & { choose: ((next: Whose) => void) | null } {
  const me = useMe();
  const reads = [useObject("opportunity"), useObject("task")].map((object) => object?.rights.read);
  const department = departmentInView(me, ...reads);
  const place = `guanxi.home.${currentWorkspace()}.whose`;
  const [chosen, setChosen] = useState(() => localStorage.getItem(place));
  const whose: Whose = department && chosen === "department" ? "department" : "mine";
  return {
    whose,
    filter: whose === "department" && department ? ofDepartment(department) : MINE,
    choose: department
      ? (next) => {
          localStorage.setItem(place, next);
          setChosen(next);
        }
      : null,
  };
}
