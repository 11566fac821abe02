/** What the lines of a team come to. */
import { addUp } from "@/records/field-kinds/sub_table/lines";

export interface Shares {
  /** Percent of the revenue that is split; null where nobody has a share. */
  revenue: string | null;
  /** Percent on top of it; null where nobody has any. */
  overlay: string | null;
  /** What is missing to the whole, below zero where it is exceeded; null where nothing is split. */
  left: string | null;
  /** Whether it can be saved: nothing is split, or all of it. */
  whole: boolean;
}

export function sharesOf(lines: readonly Record<string, unknown>[]): Shares {
  const of = (kind: string) => {
    const mine = lines.filter((line) => line.split_type === kind);
    return mine.length > 0 ? addUp(mine.map((line) => String(line.percent ?? "0"))) : null;
  };
  const revenue = of("revenue");
  const left =
    revenue === null ? null : addUp(["100", revenue.startsWith("-") ? revenue.slice(1) : `-${revenue}`]);
  return { revenue, overlay: of("overlay"), left, whole: revenue === null || Number(left) === 0 };
}
