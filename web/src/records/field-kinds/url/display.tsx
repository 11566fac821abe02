/** A web address, opened in a tab of its own. */
import classes from "../field-kinds.module.css";
import type { DisplayProps } from "../types";
import { safeHref, shortUrl } from "./value";

export function UrlDisplay({ value, linked = true }: DisplayProps<string>) {
  const text = value ?? "";
  const href = linked ? safeHref(text) : null;
  if (!href) return <span className={classes.line}>{shortUrl(text)}</span>;
  return (
    <a className={classes.link} href={href} target="_blank" rel="noopener noreferrer" title={text}>
      {shortUrl(text)}
    </a>
  );
}
