/** Editor of yes or no: a switch, saved when it is turned. */
import { Switch } from "@mantine/core";
import { useEditor } from "../parts/use-editor";
import type { InputProps } from "../types";

export function BooleanInput(props: InputProps<boolean>) {
  const editor = useEditor<boolean>(props, () => props.value ?? null);
  return (
    <Switch
      id={props.id}
      aria-label={props["aria-label"]}
      checked={props.value === true}
      disabled={props.disabled}
      error={props.error}
      size={props.compact ? "xs" : "sm"}
      autoFocus={props.autoFocus}
      data-autofocus={props.autoFocus || undefined}
      onChange={(event) => {
        props.onChange(event.currentTarget.checked);
        editor.pick(event.currentTarget.checked);
      }}
      onKeyDown={editor.onKeyDown}
      onBlur={editor.onBlur}
    />
  );
}
