/** Members and departments as the settings pages read them. */
import { queryOptions } from "@tanstack/react-query";
import type { RecordQuery, RecordRow, Reference } from "@/api/types";
import { byName } from "@/lib/by-name";
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
  /** The account that the member signs in with; null for one who was only entered so far. */
  account_id: number | null;
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

const notOver = (day: string) => ({
  or: [
    { field: "ends_on", op: "is_empty" },
    { field: "ends_on", op: "gte", value: day },
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
    queryFn: async ({ signal }) => {
      const members = await allRows<Member>(
        "member",
        {
          select: [
            "name",
            "email",
            "title",
            "status",
            "department",
            "manager",
            "roles",
            "left_on",
            "account_id",
          ],
          sort: [{ field: "name", dir: "asc" }],
        },
        signal,
      );
      return members.sort(byName);
    },
  });
}

export function departmentsQuery() {
  return queryOptions({
    queryKey: [...recordKeys.of("department"), "all"],
    queryFn: async ({ signal }) => {
      const departments = await allRows<Department>(
        "department",
        {
          select: ["name", "parent", "head", "position"],
          sort: [
            { field: "position", dir: "asc" },
            { field: "name", dir: "asc" },
          ],
        },
        signal,
      );
      const places = [...new Set(departments.map(({ position }) => position))];
      return departments.sort(
        (one, other) => places.indexOf(one.position) - places.indexOf(other.position) || byName(one, other),
      );
    },
  });
}

/** Positions that are held on a day or will be. */
export function positionsQuery(day: string) {
  return queryOptions({
    queryKey: [...recordKeys.of("position"), "all", day],
    queryFn: ({ signal }) =>
      allRows<Position>(
        "position",
        {
          select: ["member", "department", "title", "begins_on", "ends_on"],
          where: notOver(day),
          sort: [{ field: "begins_on", dir: "asc" }],
        },
        signal,
      ),
  });
}

/** Delegations that hold on a day or will. */
export function delegationsQuery(day: string) {
  return queryOptions({
    queryKey: [...recordKeys.of("delegation"), "all", day],
    queryFn: ({ signal }) =>
      allRows<Delegation>(
        "delegation",
        {
          select: ["member", "delegate", "begins_on", "ends_on", "note"],
          where: notOver(day),
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

/** People at work in each department, and in it with all below it: by any position, and as its head. */
export function headCounts(
  departments: Department[],
  members: Member[],
  positions: Position[],
): Map<string, { own: number; all: number }> {
  const people = new Map(
    departments.map(({ id }) => [id, { own: new Set<string>(), all: new Set<string>() }]),
  );
  const above = new Map(departments.map(({ id, parent }) => [id, parent?.id]));
  const works = new Set(members.filter(({ status }) => status !== "left").map(({ id }) => id));
  const count = (member: string | undefined, department: string | undefined) => {
    if (!member || !department || !works.has(member)) return;
    people.get(department)?.own.add(member);
    for (let at: string | undefined = department; at; at = above.get(at)) {
      const found = people.get(at);
      if (!found) break;
      found.all.add(member);
    }
  };
  for (const { id, department } of members) count(id, department?.id);
  for (const { member, department } of positions) count(member.id, department.id);
  for (const { id, head } of departments) count(head?.id, id);
  return new Map([...people].map(([id, { own, all }]) => [id, { own: own.size, all: all.size }]));
}

/** Options of a department select, indented by depth. */
export function departmentOptions(departments: Department[]): { value: string; label: string }[] {
  return inTreeOrder(departments).map(({ department, depth }) => ({
    value: department.id,
    label: `${"\u3000".repeat(depth)}${department.name}`,
  }));
}
