/** Today where the workspace is: what begins and ends by day follows its time zone, wherever a person sits. */
import { useMe } from "./me";

/** The day that a moment falls on in a time zone, such as "2026-12-31". */
export function dayIn(timeZone: string, moment = new Date()): string {
  const parts = new Intl.DateTimeFormat("en", {
    timeZone,
    year: "numeric",
    month: "2-digit",
    day: "2-digit",
  }).formatToParts(moment);
  const part = (type: string) => parts.find((one) => one.type === type)?.value ?? "";
  return `${part("year")}-${part("month")}-${part("day")}`;
}

export function useToday(): string {
  return dayIn(useMe().workspace.time_zone);
}
