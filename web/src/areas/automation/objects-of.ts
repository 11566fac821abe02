/** Which object's record each step is about: the flow's own, and inside of a loop that of the loop. */
import type { Catalog, CatalogObject, FieldSettings } from "@/api/types";
import { findField, findObject } from "@/lib/catalog";
import type { Definition } from "./model";

const EACH = "each";

/** Key of the object whose records a loop goes over. */
export function loopedOver(object: CatalogObject | undefined, settings: FieldSettings): string | null {
  const { relation } = settings;
  if (typeof relation === "string" && relation && object) {
    const found = object.relations.find(({ key }) => key === relation);
    return found?.object ?? findField(object, relation)?.settings.target ?? null;
  }
  return typeof settings.object === "string" ? settings.object : null;
}

/** The keys of the objects by the steps' ids; steps that nothing leads to are about the flow's own. */
export function objectsOf(definition: Definition, catalog: Catalog): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  const byId = new Map(definition.nodes.map((node) => [node.id, node]));
  const visit = (id: string | null | undefined, object: string | null) => {
    const node = id ? byId.get(id) : undefined;
    if (!node || found.has(node.id)) return;
    found.set(node.id, object ?? "");
    for (const [port, target] of Object.entries(node.next)) {
      const inside = node.kind === "loop" && port === EACH;
      visit(target, inside ? loopedOver(findObject(catalog, object ?? ""), node.settings) : object);
    }
  };
  visit(definition.start, definition.object);
  return found;
}
