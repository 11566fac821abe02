/** Editor of a day. */
import { parseDate } from "../date-text";
import { DateBox } from "../parts/date-box";
import { writeText } from "../parts/plain-text";
import type { InputProps } from "../types";

/** What cannot be read is handed on as typed, for `validate` to refuse in words. */
function read(text: string): string | null {
  const parsed = parseDate(text);
  return parsed === undefined ? text : parsed;
}

export function DateKindInput(props: InputProps<string>) {
  const day = props.value && parseDate(props.value) ? props.value : null;
  return (
    <DateBox
      {...props}
      write={writeText}
      read={read}
      day={day}
      withDay={(picked) => picked}
      pickCommits
      placeholder="2026-11-21"
    />
  );
}
