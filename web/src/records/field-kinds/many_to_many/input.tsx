/** Editor of several records: those chosen, each removable, and a box that adds. */
import { Pill } from "@mantine/core";
import clsx from "clsx";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { Filter, Reference } from "@/api/types";
import { useObject } from "@/lib/catalog";
import { createInPlace } from "../../lookup/create-in-place";
import { RecordPicker } from "../../lookup/record-picker";
import classes from "../field-kinds.module.css";
import { orNull } from "../parts/lists";
import { referenceText, targetOf } from "../parts/reference";
import { useEditor } from "../parts/use-editor";
import type { InputProps } from "../types";

/** Left out by the question itself, lest they take the places of others. */
const butThose = (ids: readonly string[]): Filter => ({ field: "id", op: "not_in", value: [...ids].sort() });

export function ManyToManyInput(props: InputProps<Reference[]>) {
  const { t } = useTranslation();
  const chosen = props.value ?? [];
  const target = useObject(targetOf(props.field.settings));
  const editor = useEditor<Reference[]>({ ...props, multiline: true }, () => orNull(chosen));
  const [picks, setPicks] = useState(0);
  if (!target) return null;
  const add = (picked: Reference | null) => {
    if (!picked) return;
    setPicks(picks + 1);
    props.onChange([...chosen, { id: picked.id, title: picked.title }]);
  };
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: leaving the group as a whole ends the edit.
    <div className={classes.stack} onBlur={editor.onBlur}>
      {chosen.length > 0 && (
        <span className={clsx(classes.chips, classes.wrap)}>
          {chosen.map((reference) => (
            <Pill
              key={reference.id}
              withRemoveButton={!props.disabled}
              removeButtonProps={{
                "aria-label": t("field-kinds.remove", { name: referenceText(reference) }),
              }}
              onRemove={() => props.onChange(orNull(chosen.filter((other) => other.id !== reference.id)))}
            >
              {referenceText(reference)}
            </Pill>
          ))}
        </span>
      )}
      <RecordPicker
        // A pick clears the box and leaves the cursor in it for the next one.
        key={picks}
        object={target}
        value={null}
        where={props.field.without?.length ? butThose(props.field.without) : null}
        without={chosen.map((reference) => reference.id)}
        id={props.id}
        aria-label={props["aria-label"]}
        disabled={props.disabled}
        error={props.error}
        autoFocus={props.autoFocus || picks > 0}
        placeholder={t("field-kinds.add_record")}
        onCreate={(typed) => createInPlace(target, typed)}
        onPick={add}
        onKeyDown={editor.onKeyDown}
      />
    </div>
  );
}
