/** Editor of a duration: 1h 30m, 1:30, or a number in the field's unit. */
import { currentLanguage } from "@/lib/language";
import { TextBox } from "../parts/text-box";
import type { InputProps } from "../types";
import { durationText, parseDuration, secondsOf } from "./value";

export function DurationInput(props: InputProps<number | string>) {
  const unit = secondsOf(props.field.settings.unit);
  const write = (value: number | string | null | undefined) =>
    typeof value === "string" ? value : durationText(value, currentLanguage());
  const read = (text: string) => {
    const seconds = parseDuration(text, unit);
    return seconds === undefined ? text : seconds;
  };
  return <TextBox<number | string> {...props} write={write} read={read} placeholder="1:30" numeric />;
}
