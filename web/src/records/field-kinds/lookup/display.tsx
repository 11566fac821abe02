/** The other record's title, leading to its page; in its colour where its object has one, as stages do. */
import type { Reference } from "@/api/types";
import { Chip } from "@/ui/chip";
import { RecordLink } from "../../lookup/record-link";
import classes from "../field-kinds.module.css";
import { useRecordHue } from "../parts/record-hues";
import { referenceText, targetOf } from "../parts/reference";
import type { DisplayProps } from "../types";

export function LookupDisplay({ value, field, linked = true }: DisplayProps<Reference>) {
  const target = targetOf(field.settings);
  const hue = useRecordHue(target, value?.id);
  if (!value) return null;
  if (value.restricted) return <span className={classes.restricted}>{referenceText(value)}</span>;
  const words = hue ? <Chip hue={hue}>{referenceText(value)}</Chip> : referenceText(value);
  if (!linked) return hue ? words : <span className={classes.line}>{words}</span>;
  return (
    <RecordLink object={target} id={value.id} className={classes.link}>
      {words}
    </RecordLink>
  );
}
