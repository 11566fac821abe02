/** Editor of labelled things: a row each, with a label beside it; an empty row at the end takes the next one. */
import { ActionIcon, Input, NativeSelect, TextInput } from "@mantine/core";
import { X } from "lucide-react";
import { type HTMLAttributes, useState } from "react";
import { useTranslation } from "react-i18next";
import type { ChoiceOption } from "@/api/types";
import { currentLanguage } from "@/lib/language";
import classes from "../field-kinds.module.css";
import type { InputProps } from "../types";
import { type Labelled, labelsOf, labelText } from "./labelled";
import { orNull } from "./lists";
import { useEditor } from "./use-editor";

export interface LabelledInputProps extends InputProps<Labelled[]> {
  usual: ChoiceOption[];
  /** A value as people read it, while they do not edit it. */
  write(value: string): string;
  inputMode: HTMLAttributes<HTMLInputElement>["inputMode"];
  placeholder: string;
}

const MOST = 20;

export default function LabelledInput(props: LabelledInputProps) {
  const { t } = useTranslation();
  const [edited, setEdited] = useState(-1);
  const items = props.value ?? [];
  const labels = labelsOf(props.field, props.usual);
  const tidy = () => orNull(items.filter((item) => item.value.trim() !== ""));
  const editor = useEditor<Labelled[]>(props, tidy);
  const rows = items.length < MOST ? [...items, { value: "", label: null }] : items;
  const name = props["aria-label"] ?? "";
  const change = (at: number, next: Partial<Labelled>) => {
    const changed = rows.map((row, place) => (place === at ? { ...row, ...next } : row));
    props.onChange(orNull(changed.filter((row, place) => place < items.length || row.value !== "")));
  };
  const without = (at: number) => props.onChange(orNull(items.filter((_, place) => place !== at)));
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: listens to keys of the boxes inside.
    <div
      className={classes.stack}
      onKeyDown={(event) => {
        if (event.key !== "Tab") editor.onKeyDown(event);
      }}
      onBlur={editor.onBlur}
    >
      {rows.map((row, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: rows have no identity but their place.
        <div key={at} className={classes.labelledRow}>
          <NativeSelect
            aria-label={t("field-kinds.label_of", { name: `${name} ${at + 1}` })}
            size={props.compact ? "xs" : "sm"}
            disabled={props.disabled}
            value={row.label ?? ""}
            onChange={(event) => change(at, { label: event.currentTarget.value || null })}
            data={[
              { value: "", label: "—" },
              ...labels.map((label) => ({
                value: label.key,
                label: labelText(labels, label.key, currentLanguage()),
              })),
            ]}
          />
          <TextInput
            id={at === 0 ? props.id : undefined}
            aria-label={at === 0 ? name : `${name} ${at + 1}`}
            size={props.compact ? "xs" : "sm"}
            inputMode={props.inputMode}
            placeholder={at === 0 ? props.placeholder : t("field-kinds.add_more")}
            autoComplete="off"
            autoFocus={props.autoFocus && at === 0}
            data-autofocus={(props.autoFocus && at === 0) || undefined}
            disabled={props.disabled}
            error={Boolean(props.error) && at < Math.max(items.length, 1)}
            value={edited === at ? row.value : props.write(row.value)}
            onFocus={() => setEdited(at)}
            onBlur={() => setEdited(-1)}
            onChange={(event) => change(at, { value: event.currentTarget.value })}
          />
          {at < items.length ? (
            <ActionIcon
              variant="subtle"
              color="gray"
              disabled={props.disabled}
              aria-label={t("field-kinds.remove", { name: row.value })}
              onClick={() => without(at)}
            >
              <X size={14} />
            </ActionIcon>
          ) : (
            <span />
          )}
        </div>
      ))}
      {typeof props.error === "string" && <Input.Error>{props.error}</Input.Error>}
    </div>
  );
}
