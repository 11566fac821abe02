/** Members and departments as the settings pages read them. */
import { queryOptions } from "@tanstack/react-query";
import dayjs from "dayjs";
import type { RecordQuery, RecordRow, Reference } from "@/api/types";
import { queryRecords, recordKeys } from "@/lib/records";

export interface Member extends RecordRow {
  name: string;
  email: string | null;
  title: string | null;
  status: "active" | "invited" | "left";
  department: Reference | null;
  manager: Reference | null;
  roles: Reference[];
  left_on: string | null;
}

export interface Department extends RecordRow {
  name: string;
  parent: Reference | null;
  head: Reference | null;
  position: number | null;
}

/** A further position of a member, beside the main one. */
export interface Position extends RecordRow {
  member: Reference;
  department: Reference;
  title: string | null;
  begins_on: string | null;
  ends_on: string | null;
}

/** Somebody stands in for a member. */
export interface Delegation extends RecordRow {
  member: Reference;
  delegate: Reference;
  begins_on: string;
  ends_on: string;
  note: string | null;
}

/** A department in the order of the tree, with how deep it lies. */
export interface TreeDepartment {
  department: Department;
  depth: number;
}

const MOST = 200;

export const today = (): string => dayjs().format("YYYY-MM-DD");

const notOver = () => ({
  or: [
    { field: "ends_on", op: "is_empty" },
    { field: "ends_on", op: "gte", value: today() },
  ],
});

/** Every record of a small object, page by page. */
async function allRows<T extends RecordRow>(
  object: string,
  query: RecordQuery,
  signal: AbortSignal,
): Promise<T[]> {
  const rows: RecordRow[] = [];
  let cursor: string | null = null;
  do {
    const page = await queryRecords(object, { ...query, limit: MOST, cursor }, signal);
    rows.push(...page.rows);
    cursor = page.next_cursor;
  } while (cursor);
  return rows as T[];
}

export function membersQuery() {
  return queryOptions({
    queryKey: [...recordKeys.of("member"), "all"],
    queryFn: ({ signal }) =>
      allRows<Member>(
        "member",
        {
          select: ["name", "email", "title", "status", "department", "manager", "roles", "left_on"],
          sort: [{ field: "name", dir: "asc" }],
        },
        signal,
      ),
  });
}

export function departmentsQuery() {
  return queryOptions({
    queryKey: [...recordKeys.of("department"), "all"],
    queryFn: ({ signal }) =>
      allRows<Department>(
        "department",
        {
          select: ["name", "parent", "head", "position"],
          sort: [
            { field: "position", dir: "asc" },
            { field: "name", dir: "asc" },
          ],
        },
        signal,
      ),
  });
}

/** Positions that are held or will be. */
export function positionsQuery() {
  return queryOptions({
    queryKey: [...recordKeys.of("position"), "all"],
    queryFn: ({ signal }) =>
      allRows<Position>(
        "position",
        {
          select: ["member", "department", "title", "begins_on", "ends_on"],
          where: notOver(),
          sort: [{ field: "begins_on", dir: "asc" }],
        },
        signal,
      ),
  });
}

/** Delegations that hold or will. */
export function delegationsQuery() {
  return queryOptions({
    queryKey: [...recordKeys.of("delegation"), "all"],
    queryFn: ({ signal }) =>
      allRows<Delegation>(
        "delegation",
        {
          select: ["member", "delegate", "begins_on", "ends_on", "note"],
          where: notOver(),
          sort: [{ field: "begins_on", dir: "asc" }],
        },
        signal,
      ),
  });
}

export function rolesQuery() {
  return queryOptions({
    queryKey: [...recordKeys.of("role"), "all"],
    queryFn: ({ signal }) =>
      allRows<RecordRow & { name: string }>(
        "role",
        { select: ["name", "key", "position"], sort: [{ field: "position", dir: "asc" }] },
        signal,
      ),
  });
}

/** Departments with every child behind its parent; one whose parent is not there stands at the top. */
export function inTreeOrder(departments: Department[]): TreeDepartment[] {
  const known = new Set(departments.map(({ id }) => id));
  const children = new Map<string, Department[]>();
  for (const department of departments) {
    const parent = department.parent && known.has(department.parent.id) ? department.parent.id : "";
    children.set(parent, [...(children.get(parent) ?? []), department]);
  }
  const below = (parent: string, depth: number): TreeDepartment[] =>
    (children.get(parent) ?? []).flatMap((department) => [
      { department, depth },
      ...below(department.id, depth + 1),
    ]);
  return below("", 0);
}

/** Whether something that lasts from one day to another does so on a day, both included. */
export function lasts(one: { begins_on: string | null; ends_on: string | null }, day: string): boolean {
  return (one.begins_on ?? "") <= day && day <= (one.ends_on ?? "9999");
}

/** People who work in any of the departments, in their main position or a further one. */
export function peopleIn(members: Member[], positions: Position[], departments: Set<string>): Member[] {
  const further = new Set(
    positions.filter(({ department }) => departments.has(department.id)).map(({ member }) => member.id),
  );
  return members.filter(
    ({ id, department }) => further.has(id) || (department !== null && departments.has(department.id)),
  );
}

/** The department itself and all below it: where it may not be moved. */
export function branchOf(departments: Department[], id: string): Set<string> {
  const branch = new Set([id]);
  for (const { department } of inTreeOrder(departments)) {
    if (department.parent && branch.has(department.parent.id)) branch.add(department.id);
  }
  return branch;
}

/** People at work in each department, and in it with all below it. */
export function headCounts(
  departments: Department[],
  members: Member[],
): Map<string, { own: number; all: number }> {
  const counts = new Map(departments.map(({ id }) => [id, { own: 0, all: 0 }]));
  const parents = new Map(departments.map(({ id, parent }) => [id, parent?.id]));
  for (const member of members) {
    if (member.status === "left" || !member.department) continue;
    const own = counts.get(member.department.id);
    if (own) own.own += 1;
    for (let at: string | undefined = member.department.id; at; at = parents.get(at)) {
      const count = counts.get(at);
      if (!count) break;
      count.all += 1;
    }
  }
  return counts;
}

/** Options of a department select, indented by depth. */
export function departmentOptions(departments: Department[]): { value: string; label: string }[] {
  return inTreeOrder(departments).map(({ department, depth }) => ({
    value: department.id,
    label: `${"\u3000".repeat(depth)}${department.name}`,
  }));
}
