/** Text with fields of the record in it: a button writes a field where the cursor stands, and the text is shown as read. */
import { Button, Textarea } from "@mantine/core";
import clsx from "clsx";
import { Braces } from "lucide-react";
import { useRef } from "react";
import { useTranslation } from "react-i18next";
import type { CatalogObject } from "@/api/types";
import { useCatalog, useObject } from "@/lib/catalog";
import { currentLanguage } from "@/lib/language";
import { PathPicker } from "@/records/filter/path-picker";
import { words } from "../objects/setting-inputs";
import type { SettingInputProps } from "../objects/setting-props";
import classes from "./steps.module.css";
import { piecesOf } from "./values";

export function TemplateSetting(props: SettingInputProps) {
  const object = useObject(props.object.key);
  return (
    <TemplateInput
      {...words(props)}
      object={object}
      maxLength={props.setting.max ?? undefined}
      value={typeof props.value === "string" ? props.value : ""}
      onChange={(text) => props.set(text || null)}
    />
  );
}

export function TemplateInput({
  object,
  value,
  onChange,
  ...shown
}: {
  /** Whose fields may be written into the text; none for a flow without an object. */
  object: CatalogObject | undefined;
  value: string;
  onChange(text: string): void;
  label?: string;
  "aria-label"?: string;
  description?: string;
  error?: string;
  withAsterisk?: boolean;
  maxLength?: number;
}) {
  const { t } = useTranslation();
  const catalog = useCatalog();
  const box = useRef<HTMLTextAreaElement>(null);
  const pieces = piecesOf(value, catalog, object, currentLanguage());
  const insert = (path: string) => {
    const area = box.current;
    const from = area?.selectionStart ?? value.length;
    const to = area?.selectionEnd ?? from;
    const hole = `{${path}}`;
    onChange(value.slice(0, from) + hole + value.slice(to));
    requestAnimationFrame(() => {
      area?.focus();
      area?.setSelectionRange(from + hole.length, from + hole.length);
    });
  };
  return (
    <div>
      <Textarea
        {...shown}
        ref={box}
        autosize
        minRows={1}
        maxRows={12}
        value={value}
        onChange={(event) => onChange(event.currentTarget.value)}
      />
      {object && (
        <PathPicker object={object} path="" accepts={() => true} onChoose={({ path }) => insert(path)}>
          <Button
            className={classes.insert}
            variant="subtle"
            size="compact-xs"
            leftSection={<Braces size={13} aria-hidden />}
          >
            {t("steps.insert_field")}
          </Button>
        </PathPicker>
      )}
      {pieces.some(({ path }) => path) && (
        <p className={classes.preview}>
          {pieces.map((piece, at) => (
            <span
              // biome-ignore lint/suspicious/noArrayIndexKey: pieces have no identity but their place
              key={at}
              className={clsx(piece.path && classes.field, piece.path && !piece.known && classes.unknown)}
            >
              {piece.text}
            </span>
          ))}
        </p>
      )}
    </div>
  );
}
