/** Editor of a reference to one record. */
import type { Reference } from "@/api/types";
import { useObject } from "@/lib/catalog";
import { createInPlace } from "../../lookup/create-in-place";
import { narrowing } from "../../lookup/narrowing";
import { RecordPicker } from "../../lookup/record-picker";
import { targetOf } from "../parts/reference";
import { useEditor } from "../parts/use-editor";
import type { InputProps } from "../types";

export function LookupInput(props: InputProps<Reference>) {
  const { field, value, record } = props;
  const target = useObject(targetOf(field.settings));
  const editor = useEditor<Reference>(props, () => value ?? null);
  if (!target) return null;
  return (
    <RecordPicker
      {...props}
      object={target}
      value={value ?? null}
      where={narrowing(target, field, record)}
      clearable={!field.required}
      onCreate={(typed) => createInPlace(target, typed)}
      onPick={(picked) => {
        props.onChange(picked);
        editor.pick(picked);
      }}
      onKeyDown={editor.onKeyDown}
      onBlur={editor.onBlur}
    />
  );
}
