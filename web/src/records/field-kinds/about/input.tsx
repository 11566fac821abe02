/** Editor of what something is about: first the object, then the record. */
import { Select } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { AboutReference } from "@/api/types";
import { findObject, useCatalog } from "@/lib/catalog";
import { label } from "@/lib/label";
import { RecordPicker } from "../../lookup/record-picker";
import classes from "../field-kinds.module.css";
import { useEditor } from "../parts/use-editor";
import type { InputProps } from "../types";

export function AboutInput(props: InputProps<AboutReference>) {
  const { t } = useTranslation();
  const catalog = useCatalog();
  const targets = (props.field.settings.targets ?? []).flatMap((key) => findObject(catalog, key) ?? []);
  const [chosen, setChosen] = useState<string | null>(null);
  const editor = useEditor<AboutReference>(props, () => props.value ?? null);
  const current = chosen ?? props.value?.object ?? targets[0]?.key;
  const object = targets.find((target) => target.key === current);
  if (!object) return null;
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: leaving the group as a whole ends the edit.
    <div className={classes.aboutRow} onBlur={editor.onBlur}>
      <Select
        aria-label={t("field-kinds.about_object")}
        size={props.compact ? "xs" : "sm"}
        allowDeselect={false}
        disabled={props.disabled}
        data={targets.map((target) => ({ value: target.key, label: label(target.label) }))}
        value={object.key}
        onChange={(key) => {
          setChosen(key);
          if (props.value && key !== props.value.object) props.onChange(null);
        }}
      />
      <RecordPicker
        key={object.key}
        object={object}
        value={props.value?.object === object.key ? props.value : null}
        clearable={!props.field.required}
        id={props.id}
        aria-label={props["aria-label"]}
        autoFocus={props.autoFocus}
        disabled={props.disabled}
        error={props.error}
        compact={props.compact}
        onPick={(picked) => {
          const about = picked && { object: object.key, id: picked.id, title: picked.title };
          props.onChange(about);
          editor.pick(about);
        }}
        onKeyDown={editor.onKeyDown}
      />
    </div>
  );
}
