/** Editor of a colour: typed, or picked from the palette of the browser. */
import { t } from "i18next";
import classes from "../field-kinds.module.css";
import { writeText } from "../parts/plain-text";
import { TextBox } from "../parts/text-box";
import type { InputProps } from "../types";
import { parseColor } from "./value";

export function ColorKindInput(props: InputProps<string>) {
  const read = (text: string) => {
    const color = parseColor(text);
    return color === undefined ? text : color;
  };
  const picker = (
    <input
      type="color"
      className={classes.palette}
      tabIndex={-1}
      disabled={props.disabled}
      title={t("field-kinds.pick_color")}
      value={parseColor(props.value ?? "") ?? "#ffffff"}
      onMouseDown={(event) => event.stopPropagation()}
      onChange={(event) => props.onChange(event.currentTarget.value)}
    />
  );
  return <TextBox {...props} write={writeText} read={read} placeholder="#1677ff" rightSection={picker} />;
}
