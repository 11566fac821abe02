/** A colleague: avatar and name. */
import type { Reference } from "@/api/types";
import { Avatar } from "@/ui/avatar";
import classes from "../field-kinds.module.css";
import { referenceText } from "../parts/reference";
import type { DisplayProps } from "../types";

export function PersonDisplay({ value }: DisplayProps<Reference>) {
  const name = referenceText(value);
  return (
    <span className={classes.person}>
      <Avatar name={name} size={20} />
      <span className={classes.line}>{name}</span>
    </span>
  );
}
