/** What two definitions of a flow differ in: steps and triggers added, removed, changed, and what changed in words. */
import { findObject } from "@/lib/catalog";
import { label } from "@/lib/label";
import { canonical, type Definition, type FlowNode, type FlowTrigger } from "../model";
import { portName } from "../port-name";
import { settingInWords, type Telling } from "../words";
import type { Kinds } from "./shape";
import { nameOf } from "./view";

export interface Difference {
  id: string;
  sort: "added" | "removed" | "changed";
  name: string;
  /** What changed, a sentence each. */
  says: string[];
}

type Part = FlowNode | FlowTrigger;
const isNode = (part: Part): part is FlowNode => "next" in part;

export function differences(
  before: Definition,
  after: Definition,
  kinds: Kinds,
  telling: Telling,
): Difference[] {
  const old = new Map(partsOf(before).map((part) => [part.id, part]));
  const now = new Map(partsOf(after).map((part) => [part.id, part]));
  const name = (part: Part) => nameOfPart(part, kinds, telling);
  return [
    ...[...now.values()].flatMap((part): Difference[] => {
      const was = old.get(part.id);
      if (!was) return [{ id: part.id, sort: "added", name: name(part), says: [] }];
      const says = changes(was, part, before, after, kinds, telling);
      return says.length > 0 ? [{ id: part.id, sort: "changed", name: name(part), says }] : [];
    }),
    ...[...old.values()]
      .filter(({ id }) => !now.has(id))
      .map((part): Difference => ({ id: part.id, sort: "removed", name: name(part), says: [] })),
  ];
}

/** One flow with the parts of both, so that what was removed can be drawn too. */
export function merged(before: Definition, after: Definition): Definition {
  const known = new Set(partsOf(after).map(({ id }) => id));
  const gone = <P extends Part>(parts: readonly P[]) =>
    parts.filter(({ id }) => !known.has(id)).map(({ at: _, ...part }) => part as P);
  const bare = <P extends Part>(parts: readonly P[]) => parts.map(({ at: _, ...part }) => part as P);
  const removed = new Set(gone(before.nodes).map(({ id }) => id));
  // Ways to what was removed are drawn as long as nothing else follows there.
  const led = (node: FlowNode): FlowNode => {
    const was = before.nodes.find(({ id }) => id === node.id);
    const lost = Object.entries(was?.next ?? {}).filter(([, target]) => removed.has(target));
    return { ...node, next: { ...Object.fromEntries(lost), ...node.next } };
  };
  return {
    object: after.object,
    triggers: [...bare(after.triggers), ...gone(before.triggers)],
    start: after.start ?? before.start,
    nodes: [...bare(after.nodes).map(led), ...gone(before.nodes)],
  };
}

const partsOf = ({ triggers, nodes }: Definition): Part[] => [...triggers, ...nodes];

function nameOfPart(part: Part, kinds: Kinds, { palette }: Telling): string {
  if (isNode(part)) return nameOf(part, kinds.get(part.kind));
  return label(palette.triggers.find(({ key }) => key === part.kind)?.label) || part.kind;
}

function changes(
  was: Part,
  is: Part,
  before: Definition,
  after: Definition,
  kinds: Kinds,
  telling: Telling,
): string[] {
  const { t } = telling;
  const say = (what: string, from: string, to: string) =>
    t("automation.compare_change", {
      what,
      from: from || t("automation.empty_value"),
      to: to || t("automation.empty_value"),
    });
  const [oldName, newName] = [nameOfPart(was, kinds, telling), nameOfPart(is, kinds, telling)];
  const found = oldName === newName ? [] : [say(t("automation.step_name"), oldName, newName)];
  const kindOf = (part: Part) =>
    isNode(part) ? kinds.get(part.kind) : telling.palette.triggers.find(({ key }) => key === part.kind);
  const kind = kindOf(is);
  const names = new Set([...Object.keys(was.settings), ...Object.keys(is.settings)]);
  for (const name of names) {
    if (canonical(was.settings[name]) === canonical(is.settings[name])) continue;
    const setting =
      kind?.settings.find((one) => one.name === name) ??
      kindOf(was)?.settings.find((one) => one.name === name);
    const tell = (part: Part, of: Definition) => {
      const value = part.settings[name];
      if (!setting || value === null || value === undefined || value === "") return "";
      const object = findObject(telling.catalog, of.object ?? "");
      return settingInWords(setting, value, part.settings, object, telling);
    };
    const [from, to] = [tell(was, before), tell(is, after)];
    const what = label(setting?.label) || name;
    found.push(from === to ? t("automation.compare_setting", { what }) : say(what, from, to));
  }
  if (!isNode(was) || !isNode(is)) return found;
  const where = (id: string | undefined, of: Definition) => {
    const node = of.nodes.find((one) => one.id === id);
    return node ? nameOf(node, kinds.get(node.kind)) : t("automation.canvas_end");
  };
  for (const port of new Set([...Object.keys(was.next), ...Object.keys(is.next)]))
    if (was.next[port] !== is.next[port])
      found.push(
        say(
          portName(is, port, kinds.get(is.kind), t),
          where(was.next[port], before),
          where(is.next[port], after),
        ),
      );
  if ((was.note ?? "") !== (is.note ?? ""))
    found.push(say(t("automation.canvas_remark"), was.note ?? "", is.note ?? ""));
  return found;
}
