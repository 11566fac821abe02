/** What happened to an approval, the first thing first. */
import { useTranslation } from "react-i18next";
import type { ApprovalNote } from "@/api/types";
import { formatDateTime } from "@/lib/format";
import { FileDisplay } from "@/records/field-kinds/file/display";
import classes from "./approvals.module.css";
import { noteSentence } from "./words";

export function History({ notes }: { notes: ApprovalNote[] }) {
  const { t } = useTranslation();
  return (
    <section className={classes.section}>
      <h2 className={classes.heading}>{t("approvals.history")}</h2>
      <ol className={classes.history}>
        {notes.map((note, place) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: lines are only ever added behind the others.
          <li key={place}>
            <div className={classes.noteHead}>
              <span>{noteSentence(t, note)}</span>
              {note.node_label && <span className={classes.quiet}>{note.node_label}</span>}
              <time className={classes.quiet} dateTime={note.at}>
                {formatDateTime(note.at)}
              </time>
            </div>
            {note.more.files.length > 0 && <FileDisplay value={note.more.files} inline={false} />}
            {note.comment && <p className={classes.said}>{note.comment}</p>}
          </li>
        ))}
      </ol>
    </section>
  );
}
