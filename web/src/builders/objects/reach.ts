/**
 * What of an object's design somebody may change who shapes this object alone. Whoever shapes the whole workspace may
 * change all of it. The server decides by the same rules: engine/design/permits.py.
 */
import type { CatalogObject } from "@/api/types";
import { findField, useObject } from "@/lib/catalog";
import { useOpens } from "@/lib/rights";
import type { DesignedField, DesignedWhole } from "./model";

/** Attributes of an object that decide who reaches its records and where everybody finds them. */
const OF_THE_WORKSPACE = ["access", "inherit", "features", "group"];
const READ = ["read", "edit"];

export interface Reach {
  /** Everything of the workspace is theirs to shape. */
  whole: boolean;
  /** Keys of the fields whose values are kept from them, and which they therefore leave as they are. */
  kept: ReadonlySet<string>;
}

export function useReach(object: DesignedWhole): Reach {
  const whole = useOpens("configure");
  const known = useObject(object.key);
  return { whole, kept: whole ? new Set() : keptFields(object, known) };
}

/** Fields in use of which the member is told no values, or not those of every record type. */
export function keptFields(object: DesignedWhole, known: CatalogObject | undefined): ReadonlySet<string> {
  const isKept = ({ key, state }: DesignedField) => {
    if (state !== "active") return false;
    const field = known && findField(known, key);
    return (
      !field || ![field.access, ...Object.values(field.access_by_type)].every((one) => READ.includes(one))
    );
  };
  return new Set(object.parts.filter(isKept).map(({ key }) => key));
}

/** Whether a change of the log is theirs to take back. */
export function takesBack(changes: readonly Record<string, unknown>[], object: DesignedWhole, reach: Reach) {
  if (reach.whole) return true;
  const kept = object.parts.filter(({ key }) => reach.kept.has(key)).map(({ id }) => id);
  return changes.every(({ op, id, values }) => {
    const [sort, verb] = String(op).split(".");
    const named = Object.keys((values ?? {}) as object);
    if (sort === "object") return verb === "update" && !named.some((one) => OF_THE_WORKSPACE.includes(one));
    return sort !== "field" || !kept.includes(String(id)) || named.join() === "position";
  });
}
