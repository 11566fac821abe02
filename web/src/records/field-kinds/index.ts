/** The registry of field kinds: one import and one entry per kind; nothing else lists them. */
import type { FieldKind } from "./types";

// biome-ignore lint/suspicious/noExplicitAny: each kind has its own value type; callers pass values of the field's kind.
export type AnyFieldKind = FieldKind<any>;

const registered: AnyFieldKind[] = [];

const byName = new Map(registered.map((kind) => [kind.kind, kind]));
if (byName.size !== registered.length) throw new Error("A field kind is registered twice");

/** The kind by its name. A kind this client does not know is shown, not edited, as JSON. */
export function fieldKind(name: string): AnyFieldKind {
  const known = byName.get(name);
  if (known) return known;
  const json = byName.get("json") as AnyFieldKind;
  return { ...json, kind: name, editableInCell: false };
}

/** All kinds, in the order of registration. */
export function fieldKinds(): readonly AnyFieldKind[] {
  return registered;
}
