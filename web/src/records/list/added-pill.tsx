/** Says that others have added records, without moving what a person reads. */
import { ArrowUp } from "lucide-react";
import classes from "./list.module.css";

export function AddedPill({ count, label, onClick }: { count: number; label: string; onClick(): void }) {
  if (count === 0) return null;
  return (
    <button type="button" className={classes.pill} onClick={onClick}>
      <ArrowUp size={13} aria-hidden /> {label}
    </button>
  );
}
