/** What of the page lives in its address. */
import type { Asked, Measure, Unit } from "./requests";

export type Tab = "forecast" | "targets" | "waterfall" | "errors";

export interface ForecastSearch {
  tab?: Tab;
  period?: Unit;
  day?: string;
  department?: string;
  person?: string;
  company?: "1";
  measure?: Measure;
  product?: string;
  category?: string;
  since?: string;
  until?: string;
}

const TABS: readonly Tab[] = ["forecast", "targets", "waterfall", "errors"];
const UNITS: readonly Unit[] = ["month", "quarter", "year"];
const MEASURES: readonly Measure[] = ["won_amount", "won_count", "received_amount"];

/** Keeps the readable parts of an address; a broken part is as if it was absent. */
export function parseForecastSearch(raw: Record<string, unknown>): ForecastSearch {
  const text = (key: string) => (typeof raw[key] === "string" && raw[key] ? (raw[key] as string) : undefined);
  const among = <T extends string>(key: string, known: readonly T[]) =>
    known.find((one) => one === String(raw[key]));
  return {
    tab: among("tab", TABS),
    period: among("period", UNITS),
    day: text("day"),
    department: text("department"),
    person: text("person"),
    company: String(raw.company) === "1" ? "1" : undefined,
    measure: among("measure", MEASURES),
    product: text("product"),
    category: text("category"),
    since: text("since"),
    until: text("until"),
  };
}

export function askedOf({ period, day, department, person, company }: ForecastSearch): Asked {
  return { period: period ?? "quarter", day, department, person, company };
}

/** The first day of the period so many before or after the one that begins on a day. */
export function periodBeside(unit: Unit, begins: string, steps: number): string {
  const [year = 2000, month = 1] = begins.split("-").map(Number);
  const months = unit === "year" ? 12 : unit === "quarter" ? 3 : 1;
  const at = year * 12 + month - 1 + steps * months;
  return `${Math.floor(at / 12)}-${String((at % 12) + 1).padStart(2, "0")}-01`;
}
