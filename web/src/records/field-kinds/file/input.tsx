/** Editor of attachments: choose, drop, remove. */
import { Button, CloseButton, FileButton, Text } from "@mantine/core";
import { Paperclip, Upload } from "lucide-react";
import { type DragEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import type { FileValue } from "@/api/types";
import { errorMessage } from "@/lib/error-message";
import { formatSize } from "@/lib/format";
import classes from "../field-kinds.module.css";
import { orNull } from "../parts/lists";
import { useEditor } from "../parts/use-editor";
import type { InputProps } from "../types";
import { fileUrl, uploadFiles } from "./upload";

/** `accept`: the types that the person is offered to choose from. */
export function FileInput(props: InputProps<FileValue[]> & { accept?: string }) {
  const { t } = useTranslation();
  const files = props.value ?? [];
  const [busy, setBusy] = useState(false);
  const [over, setOver] = useState(false);
  const [failure, setFailure] = useState<string | null>(null);
  const editor = useEditor<FileValue[]>({ ...props, multiline: true }, () => orNull(files));

  const add = async (chosen: readonly File[]) => {
    if (chosen.length === 0 || props.disabled) return;
    setBusy(true);
    setFailure(null);
    try {
      props.onChange([...files, ...(await uploadFiles(chosen))]);
    } catch (error) {
      setFailure(errorMessage(error));
    } finally {
      setBusy(false);
    }
  };
  const drop = (event: DragEvent) => {
    event.preventDefault();
    setOver(false);
    void add([...event.dataTransfer.files]);
  };
  const problem = failure ?? (typeof props.error === "string" ? props.error : null);

  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: dropping is a second way; the button inside is the first.
    <div
      className={classes.dropZone}
      data-over={over || undefined}
      data-error={problem ? true : undefined}
      onDragOver={(event) => {
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={() => setOver(false)}
      onDrop={drop}
      onKeyDown={editor.onKeyDown}
      onBlur={busy ? undefined : editor.onBlur}
    >
      {files.length > 0 && (
        <ul className={classes.files}>
          {files.map((file) => (
            <li key={file.id} className={classes.fileRow}>
              <Paperclip size={14} aria-hidden="true" />
              <a className={classes.link} href={fileUrl(file)} download={file.name}>
                {file.name}
              </a>
              <span className={classes.hint}>{formatSize(file.size)}</span>
              <CloseButton
                size="xs"
                disabled={props.disabled}
                aria-label={t("field-kinds.remove", { name: file.name })}
                onClick={() => props.onChange(orNull(files.filter((other) => other.id !== file.id)))}
              />
            </li>
          ))}
        </ul>
      )}
      <FileButton multiple accept={props.accept} onChange={(chosen) => add(chosen)} disabled={props.disabled}>
        {(button) => (
          <Button
            {...button}
            id={props.id}
            aria-label={props["aria-label"]}
            autoFocus={props.autoFocus}
            size="compact-sm"
            variant="subtle"
            loading={busy}
            disabled={props.disabled}
            leftSection={<Upload size={14} />}
          >
            {t("field-kinds.upload")}
          </Button>
        )}
      </FileButton>
      {problem && (
        <Text size="xs" c="var(--gx-danger)" role="alert">
          {problem}
        </Text>
      )}
    </div>
  );
}
