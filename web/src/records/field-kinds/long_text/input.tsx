/** Editor of several lines; Enter breaks the line, Ctrl Enter commits. */
import { Textarea } from "@mantine/core";
import { useState } from "react";
import { readText, writeText } from "../parts/plain-text";
import { useEditor } from "../parts/use-editor";
import type { InputProps } from "../types";

export function LongTextInput(props: InputProps<string>) {
  const [typed, setTyped] = useState<string | null>(props.initialText ?? null);
  const editor = useEditor<string>({ ...props, multiline: true }, () =>
    typed === null ? (props.value ?? null) : readText(typed),
  );
  return (
    <Textarea
      id={props.id}
      aria-label={props["aria-label"]}
      autosize
      minRows={props.compact ? 2 : 3}
      maxRows={12}
      size={props.compact ? "xs" : "sm"}
      autoFocus={props.autoFocus}
      data-autofocus={props.autoFocus || undefined}
      disabled={props.disabled}
      error={props.error}
      value={typed ?? writeText(props.value)}
      onFocus={() => setTyped((current) => current ?? writeText(props.value))}
      onChange={(event) => {
        setTyped(event.currentTarget.value);
        props.onChange(readText(event.currentTarget.value));
      }}
      onKeyDown={editor.onKeyDown}
      onBlur={(event) => {
        setTyped(null);
        editor.onBlur(event);
      }}
    />
  );
}
