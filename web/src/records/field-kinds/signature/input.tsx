/** Editor of a signature: drawn with a finger, pen or mouse, sent as a picture. */
import { Button, Input } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { FileValue } from "@/api/types";
import classes from "../field-kinds.module.css";
import { uploadFiles } from "../file/upload";
import { useEditor } from "../parts/use-editor";
import type { InputProps } from "../types";
import { SignatureDisplay } from "./display";
import { SignaturePad } from "./pad";

export default function SignatureInput(props: InputProps<FileValue[]>) {
  const { t } = useTranslation();
  const [drawing, setDrawing] = useState(!props.value?.length);
  const editor = useEditor<FileValue[]>(props, () => props.value ?? null);
  const done = (files: FileValue[]) => {
    props.onChange(files);
    setDrawing(false);
    editor.pick(files);
  };
  const keep = async (picture: Blob) =>
    done(
      await uploadFiles([new File([picture], `${t("field-kinds.signature")}.png`, { type: "image/png" })]),
    );
  const again = () => {
    props.onChange(null);
    setDrawing(true);
  };
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset draws a frame of its own.
    <div className={classes.stack} role="group" aria-label={props["aria-label"]} onKeyDown={editor.onKeyDown}>
      {drawing ? (
        <SignaturePad id={props.id} disabled={props.disabled} onKeep={keep} />
      ) : (
        <>
          <SignatureDisplay value={props.value} field={props.field} language="zh-CN" inline={false} />
          <Button
            className={classes.atStart}
            size="compact-sm"
            variant="default"
            disabled={props.disabled}
            onClick={again}
          >
            {t("field-kinds.sign_again")}
          </Button>
        </>
      )}
      {typeof props.error === "string" && <Input.Error>{props.error}</Input.Error>}
    </div>
  );
}
