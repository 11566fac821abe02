/** A mail address, as a link to write to it. */
import classes from "../field-kinds.module.css";
import type { DisplayProps } from "../types";

export function MailDisplay({ value, linked = true }: DisplayProps<string>) {
  if (!linked) return <span className={classes.line}>{value}</span>;
  return (
    <a className={classes.link} href={`mailto:${value}`}>
      {value}
    </a>
  );
}
