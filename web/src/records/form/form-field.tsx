/** One field of a form: label, control, help, problem. Redrawn only when its own value or problem changes. */
import { memo } from "react";
import type { Field } from "@/api/types";
import { label } from "@/lib/label";
import { fieldKind } from "../field-kinds";
import { isWide } from "./fields";
import classes from "./form.module.css";
import type { Values } from "./use-record-form";

interface FormFieldProps {
  field: Field;
  object: string;
  value: unknown;
  problem: string | undefined;
  onChange(key: string, value: unknown): void;
  autoFocus?: boolean;
  disabled?: boolean;
  /** The other values; given only to kinds whose options depend on them, for it redraws the field. */
  record?: Values;
}

export const FormField = memo(function FormField(props: FormFieldProps) {
  const { field, object, value, problem, onChange } = props;
  const { Input } = fieldKind(field.kind);
  const name = label(field.label);
  const id = `form-${object}-${field.key}`;
  const help = label(field.help);
  return (
    <div className={classes.field} data-wide={isWide(field) || undefined} data-field={field.key}>
      <label className={classes.label} htmlFor={id}>
        {name}
        {field.required && (
          <span className={classes.required} aria-hidden="true">
            *
          </span>
        )}
      </label>
      <Input
        id={id}
        aria-label={name}
        field={field}
        object={object}
        value={value}
        record={props.record}
        onChange={(next) => onChange(field.key, next)}
        error={problem}
        autoFocus={props.autoFocus}
        disabled={props.disabled}
      />
      {help && !problem && <p className={classes.help}>{help}</p>}
    </div>
  );
});
