/** The objects whose records take their access from records of another: contacts of companies, lines of quotes. */
import type { Catalog, CatalogObject } from "@/api/types";
import { findField } from "@/lib/catalog";

export interface Beneath {
  object: CatalogObject;
  /** How far beneath; 1 is directly. */
  steps: number;
}

/** What lies beneath an object, the nearest first, each object once. */
export function inheriting(catalog: Catalog, key: string, most: number): Beneath[] {
  const found = new Map<string, Beneath>();
  let above = [key];
  for (let steps = 1; steps <= most && above.length > 0; steps += 1) {
    const next = catalog.objects.filter(
      (object) =>
        object.key !== key && !found.has(object.key) && targetsOf(object).some((one) => above.includes(one)),
    );
    for (const object of next) found.set(object.key, { object, steps });
    above = next.map((object) => object.key);
  }
  return [...found.values()];
}

function targetsOf(object: CatalogObject): string[] {
  const field = object.inherit ? findField(object, object.inherit) : undefined;
  if (!field) return [];
  const { target, targets } = field.settings;
  return targets ?? (target ? [target] : []);
}
