/** Instants in words. */
import { formatDateTime } from "@/lib/format";
import { parseDateTime } from "../date-text";

/** The instant in the reader's zone; what is not an instant stays as typed. */
export function datetimeText(value: string | null | undefined): string {
  if (!value) return "";
  return parseDateTime(value) ? formatDateTime(value) : value;
}
