/** Where a part from the palette goes: behind what is chosen, on the way or near the port it was dropped at. */
import {
  beginSettings,
  type Definition,
  type FlowNode,
  freeId,
  inOrder,
  type Place,
  portsOf,
  type StepKind,
} from "../model";
import { DOWN, placed, WIDTH } from "./places";
import type { Behind, Kinds } from "./shape";

export const newStep = (definition: Definition, kind: StepKind): FlowNode => ({
  id: freeId(definition, "n"),
  kind: kind.key,
  settings: beginSettings(kind),
  next: {},
});

/** The port of a step behind which another one goes: one that nothing follows, else its first; undefined without any. */
export function behindStep(node: FlowNode, kinds: Kinds): Behind | undefined {
  const ports = portsOf(node, kinds.get(node.kind));
  const port = ports.find((one) => !node.next[one]) ?? ports[0];
  return port === undefined ? undefined : { id: node.id, port };
}

/** Where a step goes that is added by a click: behind the chosen step, else at the end of the way. */
export function behindChosen(
  definition: Definition,
  chosen: string | null,
  kinds: Kinds,
): Behind | undefined {
  const node = definition.nodes.find(({ id }) => id === chosen);
  if (node) return behindStep(node, kinds);
  if (!definition.start || definition.triggers.some(({ id }) => id === chosen)) return null;
  const last = inOrder(definition).findLast((one) =>
    portsOf(one, kinds.get(one.kind)).some((port) => !one.next[port]),
  );
  return last && behindStep(last, kinds);
}

/** The open port right above a place, to which a step that is dropped there belongs; undefined when none is near. */
export function openPortAbove(definition: Definition, at: Place, kinds: Kinds): Behind | undefined {
  const { triggers, nodes, start } = placed(definition);
  let best: Behind | undefined;
  let least = Number.POSITIVE_INFINITY;
  const offer = (place: Place | undefined, behind: Behind, shift: number) => {
    if (!place) return;
    const dx = Math.abs(at.x - place.x - shift);
    const dy = at.y - place.y;
    if (dy <= 0 || dy > DOWN * 1.75 || dx > WIDTH * 0.75) return;
    if (dx + dy < least) {
      least = dx + dy;
      best = behind;
    }
  };
  if (!start) for (const { at: place } of triggers) offer(place, null, 0);
  for (const node of nodes) {
    const ports = portsOf(node, kinds.get(node.kind));
    ports.forEach((port, number) => {
      const shift = ((number + 0.5) / ports.length - 0.5) * WIDTH;
      if (!node.next[port]) offer(node.at, { id: node.id, port }, shift);
    });
  }
  return best;
}
