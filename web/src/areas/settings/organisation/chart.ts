/** The organisation as a chart draws it: departments with their people, heads first; and the way through it by keys. */
import type { Department, Member, Position } from "../people";

export interface ChartPerson {
  id: string;
  name: string;
  title: string | null;
  isHead: boolean;
  /** Here in an additional position. */
  isFurther: boolean;
}

export interface ChartNode {
  /** Null for those who stand in no department. */
  id: string | null;
  name: string;
  people: ChartPerson[];
  /** People of the department and all below it, everybody once. */
  count: number;
  children: ChartNode[];
}

export const idOf = (node: ChartNode): string => node.id ?? "none";

/** Departments at the end of their branch stand one below the other, so that a wide company fits. */
export const isStacked = (node: ChartNode): boolean =>
  node.children.length > 1 && node.children.every((child) => child.children.length === 0);

/** `positions` are those of today; people who left are not in the chart. */
export function buildChart(
  departments: Department[],
  members: Member[],
  positions: Position[],
  unplaced: string,
): ChartNode[] {
  const there = members.filter((member) => member.status !== "left");
  const known = new Set(departments.map(({ id }) => id));
  const children = new Map<string, Department[]>();
  for (const department of departments) {
    const parent = department.parent && known.has(department.parent.id) ? department.parent.id : "";
    children.set(parent, [...(children.get(parent) ?? []), department]);
  }
  const make = (department: Department): { node: ChartNode; ids: Set<string> } => {
    const below = (children.get(department.id) ?? []).map(make);
    const people = peopleOf(department, there, positions);
    const ids = new Set([...people.map(({ id }) => id), ...below.flatMap((one) => [...one.ids])]);
    const node = {
      id: department.id,
      name: department.name,
      people,
      count: ids.size,
      children: below.map((one) => one.node),
    };
    return { node, ids };
  };
  const roots = (children.get("") ?? []).map((department) => make(department).node);
  const loose = there
    .filter((member) => !member.department || !known.has(member.department.id))
    .map((member) => person(member, member.title, false, false));
  return loose.length > 0
    ? [...roots, { id: null, name: unplaced, people: loose, count: loose.length, children: [] }]
    : roots;
}

function peopleOf(department: Department, members: Member[], positions: Position[]): ChartPerson[] {
  const found = new Map<string, ChartPerson>();
  for (const member of members) {
    const isHead = department.head?.id === member.id;
    const position = positions.find(
      (one) => one.member.id === member.id && one.department.id === department.id,
    );
    if (member.department?.id === department.id) {
      found.set(member.id, person(member, member.title, isHead, false));
    } else if (position || isHead) {
      found.set(member.id, person(member, position?.title ?? member.title, isHead, true));
    }
  }
  return [...found.values()].sort((a, b) => Number(b.isHead) - Number(a.isHead));
}

const person = (member: Member, title: string | null, isHead: boolean, isFurther: boolean): ChartPerson => ({
  id: member.id,
  name: member.name,
  title,
  isHead,
  isFurther,
});

/** The nodes that can be seen, in the order of the tree, each with the one above it. */
export function visibleNodes(
  roots: ChartNode[],
  closed: ReadonlySet<string>,
  above: ChartNode | null = null,
): { node: ChartNode; above: ChartNode | null }[] {
  return roots.flatMap((node) => [
    { node, above },
    ...(closed.has(idOf(node)) ? [] : visibleNodes(node.children, closed, node)),
  ]);
}

/** What a key does at a node: another one to stand on, or this one opened or closed. */
export function keyAt(
  key: string,
  at: string,
  roots: ChartNode[],
  closed: ReadonlySet<string>,
): { to?: string; toggle?: boolean } | null {
  const nodes = visibleNodes(roots, closed);
  const place = nodes.findIndex(({ node }) => idOf(node) === at);
  const here = nodes[place];
  if (!here) return null;
  const stand = (other: { node: ChartNode } | undefined) => (other ? { to: idOf(other.node) } : null);
  const opened = here.node.children.length > 0 && !closed.has(at);
  switch (key) {
    case "ArrowDown":
      return stand(nodes[place + 1]);
    case "ArrowUp":
      return stand(nodes[place - 1]);
    case "Home":
      return stand(nodes[0]);
    case "End":
      return stand(nodes.at(-1));
    case "ArrowRight":
      if (opened) return stand(nodes[place + 1]);
      return here.node.children.length > 0 ? { toggle: true } : null;
    case "ArrowLeft":
      if (opened) return { toggle: true };
      return here.above ? { to: idOf(here.above) } : null;
    case "Enter":
    case " ":
      return here.node.children.length > 0 ? { toggle: true } : null;
    default:
      return null;
  }
}
