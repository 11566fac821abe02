/** The filter while a person edits it: every node has an identity, half-written conditions are allowed. */
import type { Filter } from "@/api/types";
import { isComplete } from "./filter";

export type RuleNode = { id: string; kind: "rule"; field: string; op: string; value: unknown };
export type GroupNode = {
  id: string;
  kind: "group";
  join: "and" | "or";
  /** The whole group is negated. */
  negated: boolean;
  /** Set when the group asks for a related record (to-many) that meets all of its children. */
  has: string | null;
  children: EditNode[];
};
export type EditNode = RuleNode | GroupNode;

let lastId = 0;
const nextId = () => `n${++lastId}`;

export const newRule = (field = "", op = "", value: unknown = null): RuleNode => ({
  id: nextId(),
  kind: "rule",
  field,
  op,
  value,
});

export const newGroup = (
  join: "and" | "or" = "and",
  children: EditNode[] = [],
  has: string | null = null,
): GroupNode => ({
  id: nextId(),
  kind: "group",
  join,
  negated: false,
  has,
  children,
});

/** Opens a stored filter for editing; the root is always a group. */
export function openFilter(filter: Filter | null): GroupNode {
  if (!filter) return newGroup();
  const node = toNode(filter);
  return node.kind === "group" && node.has === null ? node : newGroup("and", [node]);
}

function toNode(filter: Filter): EditNode {
  if ("and" in filter) return newGroup("and", filter.and.map(toNode));
  if ("or" in filter) return newGroup("or", filter.or.map(toNode));
  if ("has" in filter) {
    const inner = filter.where ? openFilter(filter.where) : newGroup();
    return { ...inner, id: nextId(), has: filter.has };
  }
  if ("not" in filter) {
    const inner = toNode(filter.not);
    const group = inner.kind === "group" && !inner.negated ? inner : newGroup("and", [inner]);
    return { ...group, negated: true };
  }
  return newRule(filter.field, filter.op, filter.value ?? null);
}

/** What may be sent to the server: incomplete conditions and empty groups are left out. */
export function closeFilter(node: EditNode): Filter | null {
  if (node.kind === "rule") {
    const rule = { field: node.field, op: node.op, value: node.value };
    if (!isComplete(rule)) return null;
    return node.value === null ? { field: node.field, op: node.op } : rule;
  }
  const children = node.children.map(closeFilter).filter((child): child is Filter => child !== null);
  const joined = joinChildren(node.join, children);
  const scoped = node.has === null ? joined : { has: node.has, where: joined };
  if (!scoped) return null;
  return node.negated ? { not: scoped } : scoped;
}

function joinChildren(join: "and" | "or", children: Filter[]): Filter | null {
  if (children.length === 0) return null;
  if (children.length === 1) return children[0] as Filter;
  return join === "and" ? { and: children } : { or: children };
}

/** Replaces the node of that identity; returns the same tree when it is not there. */
export function replaceNode(
  root: GroupNode,
  id: string,
  change: (node: EditNode) => EditNode | null,
): GroupNode {
  const visit = (node: EditNode): EditNode | null => {
    if (node.id === id) return change(node);
    if (node.kind === "rule") return node;
    const children = node.children.map(visit).filter((child): child is EditNode => child !== null);
    const same =
      children.length === node.children.length && children.every((child, at) => child === node.children[at]);
    return same ? node : { ...node, children };
  };
  const next = visit(root);
  return next?.kind === "group" ? next : newGroup();
}

export const removeNode = (root: GroupNode, id: string) => replaceNode(root, id, () => null);

/** Adds a child at the end of the group of that identity. */
export const addChild = (root: GroupNode, groupId: string, child: EditNode) =>
  replaceNode(root, groupId, (node) =>
    node.kind === "group" ? { ...node, children: [...node.children, child] } : node,
  );

/** Depth of nested groups under the node, itself included. */
export function groupDepth(node: EditNode): number {
  return node.kind === "rule" ? 0 : 1 + Math.max(0, ...node.children.map(groupDepth));
}
