/** Editor of an instant: typed, or a day from the calendar and a time from the list beside it. */
import dayjs from "dayjs";
import { useTranslation } from "react-i18next";
import { parseDateTime } from "../date-text";
import classes from "../field-kinds.module.css";
import { DateBox } from "../parts/date-box";
import type { InputProps } from "../types";
import { datetimeText } from "./value";

const HALF_HOURS = Array.from({ length: 48 }, (_, index) => {
  const hour = String(Math.floor(index / 2)).padStart(2, "0");
  return `${hour}:${index % 2 ? "30" : "00"}`;
});
const WORKDAY_START = "09:00";

/** Shows the chosen time, or the morning, in the middle of the list. */
function scrollToTime(list: HTMLDivElement | null): void {
  const shown =
    list?.querySelector<HTMLElement>("[aria-selected=true]") ??
    list?.querySelector<HTMLElement>(`[data-time="${WORKDAY_START}"]`);
  if (list && shown) list.scrollTop = shown.offsetTop - list.clientHeight / 2;
}

function read(text: string): string | null {
  const parsed = parseDateTime(text);
  return parsed === undefined ? text : parsed;
}

export function DateTimeInput(props: InputProps<string>) {
  const { t } = useTranslation();
  const instant = props.value ? parseDateTime(props.value) : null;
  const local = instant ? dayjs(instant) : null;
  const at = (day: string, time: string) =>
    dayjs(`${day}T${time}`)
      .toISOString()
      .replace(/\.\d{3}Z$/, "Z");
  const onToday = (time: string) => at((local ?? dayjs()).format("YYYY-MM-DD"), time);
  return (
    <DateBox
      {...props}
      write={datetimeText}
      read={read}
      day={local?.format("YYYY-MM-DD") ?? null}
      withDay={(day) => at(day, local?.format("HH:mm") ?? WORKDAY_START)}
      pickCommits={false}
      placeholder="2026-11-21 16:30"
      beside={(finish) => (
        <div ref={scrollToTime} className={classes.times} role="listbox" aria-label={t("field-kinds.time")}>
          {HALF_HOURS.map((time) => (
            <button
              key={time}
              type="button"
              data-time={time}
              role="option"
              tabIndex={-1}
              aria-selected={local?.format("HH:mm") === time}
              className={classes.time}
              onClick={() => finish(onToday(time))}
            >
              {time}
            </button>
          ))}
        </div>
      )}
    />
  );
}
