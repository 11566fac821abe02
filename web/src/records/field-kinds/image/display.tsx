/** Pictures, small in cells and larger on pages; a click opens one. */
import clsx from "clsx";
import type { FileValue } from "@/api/types";
import classes from "../field-kinds.module.css";
import { pictureUrl } from "../file/upload";
import type { DisplayProps } from "../types";

export function ImageDisplay({ value, linked = true, inline = true }: DisplayProps<FileValue[]>) {
  return (
    <span className={clsx(classes.chips, !inline && classes.wrap)}>
      {(value ?? []).map((file) =>
        linked ? (
          <a
            key={file.id}
            className={classes.above}
            href={pictureUrl(file)}
            target="_blank"
            rel="noopener noreferrer"
          >
            <Picture file={file} small={inline} />
          </a>
        ) : (
          <Picture key={file.id} file={file} small={inline} />
        ),
      )}
    </span>
  );
}

function Picture({ file, small }: { file: FileValue; small: boolean }) {
  const look = small ? classes.thumb : classes.picture;
  return <img className={look} src={pictureUrl(file)} alt={file.name} loading="lazy" decoding="async" />;
}
