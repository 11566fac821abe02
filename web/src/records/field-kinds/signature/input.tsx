/** Editor of a signature: drawn with a finger, pen or mouse, sent as a picture. */
import { Button, Input } from "@mantine/core";
import { Eraser } from "lucide-react";
import { type PointerEvent, useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import type { FileValue } from "@/api/types";
import { errorMessage } from "@/lib/error-message";
import classes from "../field-kinds.module.css";
import { uploadFiles } from "../file/upload";
import { useEditor } from "../parts/use-editor";
import type { InputProps } from "../types";
import { SignatureDisplay } from "./display";

const WIDTH = 480;
const HEIGHT = 160;
const LINE = 2.5;

export default function SignatureInput(props: InputProps<FileValue[]>) {
  const { t } = useTranslation();
  const [drawing, setDrawing] = useState(!props.value?.length);
  const editor = useEditor<FileValue[]>(props, () => props.value ?? null);
  const done = (files: FileValue[]) => {
    props.onChange(files);
    setDrawing(false);
    editor.pick(files);
  };
  const again = () => {
    props.onChange(null);
    setDrawing(true);
  };
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset draws a frame of its own.
    <div className={classes.stack} role="group" aria-label={props["aria-label"]} onKeyDown={editor.onKeyDown}>
      {drawing ? (
        <Pad id={props.id} disabled={props.disabled} onDone={done} />
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

interface PadProps {
  id: string | undefined;
  disabled: boolean | undefined;
  onDone(files: FileValue[]): void;
}

function Pad({ id, disabled, onDone }: PadProps) {
  const { t } = useTranslation();
  const canvas = useRef<HTMLCanvasElement>(null);
  const [empty, setEmpty] = useState(true);
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<string | null>(null);
  const context = () => canvas.current?.getContext("2d") ?? null;
  useEffect(() => {
    const pen = canvas.current?.getContext("2d");
    if (!pen) return;
    pen.lineWidth = LINE;
    pen.lineCap = "round";
    pen.lineJoin = "round";
  }, []);

  const place = (event: PointerEvent<HTMLCanvasElement>) => {
    const box = event.currentTarget.getBoundingClientRect();
    return [
      ((event.clientX - box.left) * WIDTH) / box.width,
      ((event.clientY - box.top) * HEIGHT) / box.height,
    ] as const;
  };
  const begin = (event: PointerEvent<HTMLCanvasElement>) => {
    if (disabled || busy) return;
    event.preventDefault();
    event.currentTarget.setPointerCapture(event.pointerId);
    const pen = context();
    pen?.beginPath();
    pen?.moveTo(...place(event));
    setEmpty(false);
  };
  const draw = (event: PointerEvent<HTMLCanvasElement>) => {
    if (!event.currentTarget.hasPointerCapture(event.pointerId)) return;
    const pen = context();
    pen?.lineTo(...place(event));
    pen?.stroke();
  };
  const clear = () => {
    context()?.clearRect(0, 0, WIDTH, HEIGHT);
    setEmpty(true);
  };
  const keep = () =>
    canvas.current?.toBlob(async (blob) => {
      if (!blob) return;
      setBusy(true);
      setFailure(null);
      try {
        onDone(
          await uploadFiles([new File([blob], `${t("field-kinds.signature")}.png`, { type: "image/png" })]),
        );
      } catch (error) {
        setFailure(errorMessage(error));
        setBusy(false);
      }
    }, "image/png");
  return (
    <>
      <canvas
        ref={canvas}
        id={id}
        className={classes.pad}
        width={WIDTH}
        height={HEIGHT}
        aria-label={t("field-kinds.sign_here")}
        onPointerDown={begin}
        onPointerMove={draw}
      />
      {failure && <Input.Error role="alert">{failure}</Input.Error>}
      <span className={classes.withIcon}>
        <Button size="compact-sm" disabled={disabled || empty} loading={busy} onClick={keep}>
          {t("field-kinds.sign_done")}
        </Button>
        <Button
          size="compact-sm"
          variant="default"
          disabled={disabled || empty || busy}
          leftSection={<Eraser size={14} />}
          onClick={clear}
        >
          {t("field-kinds.sign_clear")}
        </Button>
      </span>
    </>
  );
}
