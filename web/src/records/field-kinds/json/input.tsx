/** Editor of structured data, as text. */
import { Textarea } from "@mantine/core";
import { useState } from "react";
import { useEditor } from "../parts/use-editor";
import type { InputProps } from "../types";
import { prettyJson, readJson } from "./value";

export function JsonInput(props: InputProps<unknown>) {
  const [typed, setTyped] = useState<string | null>(null);
  const editor = useEditor<unknown>({ ...props, multiline: true }, () =>
    typed === null ? (props.value ?? null) : readJson(typed),
  );
  return (
    <Textarea
      id={props.id}
      aria-label={props["aria-label"]}
      autosize
      minRows={3}
      maxRows={16}
      ff="monospace"
      size={props.compact ? "xs" : "sm"}
      autoFocus={props.autoFocus}
      data-autofocus={props.autoFocus || undefined}
      disabled={props.disabled}
      error={props.error}
      value={typed ?? prettyJson(props.value)}
      onFocus={() => setTyped((current) => current ?? prettyJson(props.value))}
      onChange={(event) => {
        setTyped(event.currentTarget.value);
        props.onChange(readJson(event.currentTarget.value));
      }}
      onKeyDown={editor.onKeyDown}
      onBlur={(event) => {
        setTyped(null);
        editor.onBlur(event);
      }}
    />
  );
}
