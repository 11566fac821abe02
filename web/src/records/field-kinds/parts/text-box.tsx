/** The one-line editor that every kind written as plain characters shares. */
import { TextInput } from "@mantine/core";
import { type HTMLInputTypeAttribute, type InputHTMLAttributes, type ReactNode, useState } from "react";
import classes from "../field-kinds.module.css";
import type { InputProps } from "../types";
import { useEditor } from "./use-editor";

interface TextBoxProps<V> extends InputProps<V> {
  /** The characters that stand for a value while it is edited. */
  write(value: V | null | undefined): string;
  /** The value that characters stand for; whatever it cannot read it hands on for `validate` to refuse. */
  read(text: string): V | null;
  /** The characters shown while the box has no focus; default `write`. */
  rest?(value: V | null | undefined): string;
  type?: HTMLInputTypeAttribute;
  inputMode?: InputHTMLAttributes<HTMLInputElement>["inputMode"];
  placeholder?: string;
  maxLength?: number;
  rightSection?: ReactNode;
  rightSectionWidth?: number;
  numeric?: boolean;
  /** Something is open over the box that Escape closes: dialogs around it must not take it for theirs. */
  ownsEscape?: boolean;
}

interface Typing<V> {
  text: string;
  /** The value the keystrokes stand for. */
  value: V | null | undefined;
}

export function TextBox<V>(props: TextBoxProps<V>) {
  const { value, write, read, rest = write, onChange, compact, initialText, numeric } = props;
  // While a person types, the box shows the keystrokes, not the value written back from them;
  // a value that comes from elsewhere meanwhile is shown instead.
  const [typing, setTyping] = useState<Typing<V> | null>(
    initialText === undefined ? null : { text: initialText, value },
  );
  const typed =
    typing && JSON.stringify(typing.value ?? null) === JSON.stringify(value ?? null) ? typing.text : null;
  const editor = useEditor<V>(props, () => (typed === null ? (value ?? null) : read(typed)));
  return (
    <TextInput
      id={props.id}
      aria-label={props["aria-label"]}
      type={props.type ?? "text"}
      inputMode={props.inputMode}
      placeholder={props.placeholder}
      maxLength={props.maxLength}
      autoComplete="off"
      variant={compact ? "unstyled" : "default"}
      size={compact ? "xs" : "sm"}
      classNames={{
        input: numeric ? classes.numericInput : undefined,
        root: compact ? classes.compact : undefined,
      }}
      data-autofocus={props.autoFocus || undefined}
      data-mantine-stop-propagation={props.ownsEscape || undefined}
      autoFocus={props.autoFocus}
      disabled={props.disabled}
      error={props.error}
      rightSection={props.rightSection}
      rightSectionWidth={props.rightSectionWidth}
      value={typed ?? rest(value)}
      onFocus={(event) => {
        if (typed !== null) return;
        setTyping({ text: write(value), value });
        if (compact) event.currentTarget.select();
      }}
      onChange={(event) => {
        const text = event.currentTarget.value;
        setTyping({ text, value: read(text) });
        onChange(read(text));
      }}
      onKeyDown={editor.onKeyDown}
      onBlur={(event) => {
        setTyping(null);
        editor.onBlur(event);
      }}
    />
  );
}
