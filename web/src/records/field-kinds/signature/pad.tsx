/** Where a signature is drawn with a finger, pen or mouse. */
import { Button, Input } from "@mantine/core";
import { Eraser } from "lucide-react";
import { type PointerEvent, useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { errorMessage } from "@/lib/error-message";
import classes from "../field-kinds.module.css";

const WIDTH = 480;
const HEIGHT = 160;
const LINE = 2.5;

interface SignaturePadProps {
  id?: string | undefined;
  disabled?: boolean | undefined;
  /** Takes the drawn picture; what it throws is told beneath. */
  onKeep(picture: Blob): Promise<void> | void;
}

export function SignaturePad({ id, disabled, onKeep }: SignaturePadProps) {
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
        await onKeep(blob);
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
