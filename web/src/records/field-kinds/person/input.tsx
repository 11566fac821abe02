/** Editor of a colleague: active members, oneself first. */
import { useTranslation } from "react-i18next";
import type { Filter, Reference } from "@/api/types";
import { useObject } from "@/lib/catalog";
import { useMe } from "@/lib/me";
import { RecordPicker } from "../../lookup/record-picker";
import { useEditor } from "../parts/use-editor";
import type { InputProps } from "../types";

const ACTIVE: Filter = { field: "status", op: "ne", value: "left" };

export function PersonInput(props: InputProps<Reference>) {
  const { t } = useTranslation();
  const members = useObject("member");
  const { member } = useMe();
  const editor = useEditor<Reference>(props, () => props.value ?? null);
  if (!members) return null;
  const me = member.id ? { id: member.id, title: member.name, subtitle: t("field-kinds.me") } : undefined;
  return (
    <RecordPicker
      {...props}
      people
      object={members}
      where={ACTIVE}
      first={me}
      value={props.value ?? null}
      clearable={!props.field.required}
      onPick={(picked) => {
        const person = picked && { id: picked.id, title: picked.title };
        props.onChange(person);
        editor.pick(person);
      }}
      onKeyDown={editor.onKeyDown}
      onBlur={editor.onBlur}
    />
  );
}
