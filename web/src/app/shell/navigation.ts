/** What the navigation offers, derived from the catalog: objects by group, and the letter that leads to each. */
import type { Catalog, CatalogObject } from "@/api/types";
import { GROUPS } from "@/lib/object-groups";
import { can } from "@/lib/rights";

/** "G" and then this letter opens the list. */
export const GO_LETTERS: Record<string, string> = {
  company: "c",
  contact: "p",
  lead: "l",
  opportunity: "o",
  product: "r",
  task: "t",
  note: "n",
  call: "d",
  meeting: "m",
};

const byPosition = (a: CatalogObject, b: CatalogObject) => a.position - b.position;

/** Groups with the objects the member may read; unknown groups come last, under their own name. */
export function navigationGroups(catalog: Catalog): { group: string; objects: CatalogObject[] }[] {
  const shown = catalog.objects.filter(
    (object) => object.group && object.group !== "settings" && can(object, "read"),
  );
  const names = new Set<string>([...GROUPS, ...shown.map((object) => object.group)]);
  return [...names]
    .map((group) => ({ group, objects: shown.filter((object) => object.group === group).sort(byPosition) }))
    .filter(({ objects }) => objects.length > 0);
}

/** Objects a person makes by hand: those in the navigation with the right to create. */
export function creatableObjects(catalog: Catalog): CatalogObject[] {
  return navigationGroups(catalog)
    .flatMap(({ objects }) => objects)
    .filter((object) => can(object, "create"));
}
