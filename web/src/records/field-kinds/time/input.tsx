/** Editor of a time of day, typed freely. */
import { writeText } from "../parts/plain-text";
import { TextBox } from "../parts/text-box";
import type { InputProps } from "../types";
import { parseTime } from "./value";

export function TimeKindInput(props: InputProps<string>) {
  const read = (text: string) => {
    const time = parseTime(text);
    return time === undefined ? text : time;
  };
  return <TextBox {...props} write={writeText} read={read} placeholder="15:30" numeric />;
}
