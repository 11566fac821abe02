/** One field of a form: label, control, help, problem. Redrawn only when its own value or problem changes. */
import { memo } from "react";
import type { Field } from "@/api/types";
import { label } from "@/lib/label";
import { currentLanguage } from "@/lib/language";
import { isMask, shownKind } from "../field-kinds/shown-kind";
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
  /** Over how many columns of its section it goes. */
  width?: number | null;
  /** Said under the control, before the help. */
  hint?: string;
  /** The other values; given only to kinds whose options depend on them, for it redraws the field. */
  record?: Values;
}

export const FormField = memo(function FormField(props: FormFieldProps) {
  const { field, object, value, problem, onChange } = props;
  const kind = shownKind(field, value);
  const { Input } = kind;
  const name = label(field.label);
  const id = `form-${object}-${field.key}`;
  const help = props.hint || label(field.help);
  const place = {
    className: classes.field,
    "data-field": field.key,
    "data-wide": (!props.width && isWide(field)) || undefined,
    "data-width": props.width || undefined,
  };
  if (field.result || isMask(field, value)) {
    return (
      <div {...place}>
        <span className={classes.label}>{name}</span>
        <output className={classes.computed} aria-label={name}>
          {kind.isEmpty(value) ? (
            "—"
          ) : (
            <kind.Display value={value} field={field} language={currentLanguage()} linked={false} />
          )}
        </output>
        {help && <p className={classes.help}>{help}</p>}
      </div>
    );
  }
  return (
    <div {...place}>
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
        disabled={props.disabled || field.read_only}
      />
      {help && !problem && <p className={classes.help}>{help}</p>}
    </div>
  );
});
