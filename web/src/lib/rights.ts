/**
 * What the member may do, read from the rights the server states. The server checks again.
 *
 * While somebody looks with another member's eyes nothing may be changed. Of objects and records the server states rights
 * without any change then; of the rights over the workspace it states all, since they open pages too: `useOpens` asks
 * whether a page opens, everything else whether something may be done there.
 */
import type { CatalogObject, Rights } from "@/api/types";
import { useCatalog, useObject } from "./catalog";
import { useMe } from "./me";

function allows(right: Rights[keyof Rights] | undefined): boolean {
  if (typeof right === "object")
    return right.scope !== "none" || Boolean(right.departments?.length || right.where);
  return right === true || (typeof right === "string" && right !== "none");
}

export function can(object: CatalogObject | undefined, operation: keyof Rights): boolean {
  return object !== undefined && allows(object.rights[operation]);
}

/** Whether somebody looks with the member's eyes, and can change nothing. */
export function useOnlyLooks(): boolean {
  return Boolean(useMe().view_as);
}

/** Whether a right over the workspace itself opens its pages: "members", "roles", "configure", "audit", "security". */
export function useOpens(name: string): boolean {
  return useMe().rights.system.includes(name);
}

/** Whether the member may do what a right over the workspace itself is for. */
export function useSystemRight(name: string): boolean {
  const looks = useOnlyLooks();
  return useOpens(name) && !looks;
}

/** Whether the pages open on which an object is shaped: by the right over the workspace, or that of the object alone. */
export function useOpensDesigner(objectKey: string): boolean {
  const all = useOpens("configure");
  return can(useObject(objectKey), "configure") || all;
}

/** Whether those of any object at all open. */
export function useOpensSomeDesigner(): boolean {
  const all = useOpens("configure");
  return useCatalog().objects.some((object) => can(object, "configure")) || all;
}
