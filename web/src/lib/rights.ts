/** What the member may do, read from the rights the server states. The server checks again. */
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

/** Whether the member has a right over the workspace itself: "members", "roles", "configure", "import". */
export function useSystemRight(name: string): boolean {
  return useMe().rights.system.includes(name);
}

/** Whether the member may shape an object: with the right over the workspace, or with that of the object alone. */
export function useConfigures(objectKey: string): boolean {
  const all = useSystemRight("configure");
  return can(useObject(objectKey), "configure") || all;
}

/** Whether the member may shape any object at all. */
export function useConfiguresSome(): boolean {
  const all = useSystemRight("configure");
  return useCatalog().objects.some((object) => can(object, "configure")) || all;
}
