/** Dates and times as people type and read them; the wire has "2026-11-21" and UTC instants. */
import dayjs, { type Dayjs } from "dayjs";

const pad = (part: string | number) => String(part).padStart(2, "0");

/** The date when the parts make one (no 31 February), else undefined. */
function checked(year: number, month: number, day: number): string | undefined {
  const date = new Date(Date.UTC(year, month - 1, day));
  const real =
    date.getUTCFullYear() === year && date.getUTCMonth() === month - 1 && date.getUTCDate() === day;
  return real ? `${String(year).padStart(4, "0")}-${pad(month)}-${pad(day)}` : undefined;
}

const RELATIVE: Record<string, number> = {
  前天: -2,
  昨天: -1,
  今天: 0,
  明天: 1,
  后天: 2,
  yesterday: -1,
  today: 0,
  tomorrow: 1, // biome-ignore format: one table
};

/**
 * Reads 2026-11-21, 2026/11/21, 2026.11.21, 20261121, 2026年11月21日, 11-21, 11月21日, 今天, +3 (days from today).
 * null when empty, undefined when it is not a date.
 */
export function parseDate(text: string, today: Dayjs = dayjs()): string | null | undefined {
  const typed = text.trim().toLowerCase();
  if (typed === "") return null;
  const days = RELATIVE[typed] ?? (/^[+-]\d{1,4}$/.test(typed) ? Number(typed) : undefined);
  if (days !== undefined) return today.add(days, "day").format("YYYY-MM-DD");
  const full =
    /^(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*日?$/.exec(typed) ??
    /^(\d{4})(\d{2})(\d{2})$/.exec(typed);
  if (full) return checked(Number(full[1]), Number(full[2]), Number(full[3]));
  const short = /^(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*[日号]?$/.exec(typed);
  if (short) return checked(today.year(), Number(short[1]), Number(short[2]));
  return undefined;
}

/** Reads a date and an optional time (16:30, 16：30, 4pm, 16点30分) in the browser's zone into a UTC instant. */
export function parseDateTime(text: string, now: Dayjs = dayjs()): string | null | undefined {
  const typed = text.trim().replace(/[：]/g, ":");
  if (typed === "") return null;
  const iso = /^\d{4}-\d{2}-\d{2}T[\d:.]+(?:Z|[+-]\d{2}:?\d{2})$/.exec(typed);
  if (iso) return toInstant(dayjs(typed));
  const time = /(?:^|[\sT])(\d{1,2})(?::(\d{2})(?::\d{2})?|点(?:(\d{1,2})分?)?)?\s*([ap]m)?$/i.exec(typed);
  const named = time && (time[2] !== undefined || /点|[ap]m/i.test(time[0]));
  const date = parseDate(named ? typed.slice(0, time.index) || "+0" : typed, now);
  if (!date) return undefined;
  if (!named) return toInstant(dayjs(`${date}T00:00`));
  const afternoon = time[4]?.toLowerCase() === "pm" && Number(time[1]) < 12 ? 12 : 0;
  const hour = Number(time[1]) + afternoon;
  const minute = Number(time[2] ?? time[3] ?? 0);
  return hour > 23 || minute > 59 ? undefined : toInstant(dayjs(`${date}T${pad(hour)}:${pad(minute)}`));
}

function toInstant(moment: Dayjs): string | undefined {
  return moment.isValid() ? moment.toISOString().replace(/\.\d{3}Z$/, "Z") : undefined;
}
