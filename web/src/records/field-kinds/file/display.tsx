/** Attachments by name: one line with a count in cells, a list with sizes on pages. */
import { Paperclip } from "lucide-react";
import type { FileValue } from "@/api/types";
import { formatSize } from "@/lib/format";
import classes from "../field-kinds.module.css";
import type { DisplayProps } from "../types";
import { fileUrl } from "./upload";

export function FileDisplay({
  value,
  linked = true,
  inline = true,
}: Pick<DisplayProps<FileValue[]>, "value" | "linked" | "inline">) {
  const files = value ?? [];
  if (inline) {
    return (
      <span className={classes.person}>
        <Paperclip size={14} aria-hidden="true" />
        <span className={classes.line}>{files.map((file) => file.name).join(", ")}</span>
      </span>
    );
  }
  return (
    <ul className={classes.files}>
      {files.map((file) => (
        <li key={file.id} className={classes.fileRow}>
          <Paperclip size={14} aria-hidden="true" />
          {linked ? (
            <a className={classes.link} href={fileUrl(file)} download={file.name}>
              {file.name}
            </a>
          ) : (
            <span className={classes.line}>{file.name}</span>
          )}
          <span className={classes.hint}>{formatSize(file.size)}</span>
        </li>
      ))}
    </ul>
  );
}
