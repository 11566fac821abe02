/** Groups of a list: the filter of one group, and the words of its heading. */
import dayjs from "dayjs";
import quarterOfYear from "dayjs/plugin/quarterOfYear";
import type { Field, Filter, Language } from "@/api/types";
import { fieldKind } from "../field-kinds";
import type { GroupBy } from "./list-state";

dayjs.extend(quarterOfYear);

/** The filter that finds exactly the rows of the group with that key. */
export function groupFilter(group: GroupBy, field: Field, key: unknown): Filter {
  if (key === null || key === undefined || key === "") return { field: group.field, op: "is_empty" };
  if (group.bucket) {
    const start = dayjs(String(key));
    const end = start
      .add(1, group.bucket as dayjs.ManipulateType)
      .subtract(1, field.trait === "date" ? "day" : "millisecond");
    const write = (at: dayjs.Dayjs) => (field.trait === "date" ? at.format("YYYY-MM-DD") : at.toISOString());
    // Keys are local dates of the workspace; a member's clock stands in the same zone.
    return { field: group.field, op: "between", value: [write(start), write(end)] };
  }
  if (field.trait === "tags" || field.trait === "choices")
    return { field: group.field, op: "has_any", value: [key] };
  return { field: group.field, op: "eq", value: referenceId(key) };
}

const referenceId = (key: unknown) =>
  typeof key === "object" && key !== null && "id" in key ? (key as { id: string }).id : key;

/** "2026-11", "2026-Q4", or the value's own words; "" for the group without a value. Fiscal years, which do not begin in
 * January, are told by the year they end in: "FY2027-Q1". */
export function groupText(
  group: GroupBy,
  field: Field,
  key: unknown,
  language: Language,
  fiscalMonth = 1,
): string {
  if (key === null || key === undefined || key === "") return "";
  if (!group.bucket) return fieldKind(field.kind).toText(key, field, language);
  const start = dayjs(String(key));
  if (group.bucket === "year" || group.bucket === "quarter") {
    const since = (start.month() + 1 - fiscalMonth + 12) % 12;
    const begins = start.subtract(since, "month").year();
    const year = fiscalMonth === 1 ? String(begins) : `FY${begins + 1}`;
    return group.bucket === "year" ? year : `${year}-Q${Math.floor(since / 3) + 1}`;
  }
  return start.format(group.bucket === "month" ? "YYYY-MM" : "YYYY-MM-DD");
}

/** What a new record in the group gets; nothing when a value cannot be derived. */
export function groupDefaults(group: GroupBy, key: unknown): Record<string, unknown> {
  if (group.bucket || group.field.includes(".") || key === null || key === undefined) return {};
  return { [group.field]: key };
}

/** Groups in the order a person expects: options as they are listed, records by their position, empty last. */
export function inGroupOrder<G extends { keys: unknown[] }>(
  groups: G[],
  field: Field,
  positions: ReadonlyMap<string, number>,
): G[] {
  const options = new Map((field.settings.options ?? []).map((option, at) => [option.key, at]));
  const order = field.trait === "choice" ? options : positions;
  if (order.size === 0) return groups;
  const placeOf = ({ keys: [key] }: G) => order.get(String(referenceId(key))) ?? Number.MAX_SAFE_INTEGER;
  return groups.toSorted((a, b) => placeOf(a) - placeOf(b));
}
