/** A phone number, as a link that calls it. */
import clsx from "clsx";
import classes from "../field-kinds.module.css";
import type { DisplayProps } from "../types";
import { phoneText } from "./value";

export function PhoneDisplay({ value, linked = true }: DisplayProps<string>) {
  if (!linked) return <span className={clsx(classes.line, classes.numeric)}>{phoneText(value)}</span>;
  return (
    <a className={clsx(classes.link, classes.numeric)} href={`tel:${String(value).replace(/[^\d+]/g, "")}`}>
      {phoneText(value)}
    </a>
  );
}
