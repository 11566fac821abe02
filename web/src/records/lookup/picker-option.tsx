/** One offered record: its title and what tells it apart. */
import { Avatar } from "@/ui/avatar";
import classes from "./lookup.module.css";
import type { RecordOption } from "./use-record-options";

export function PickerOption({ option, people }: { option: RecordOption; people?: boolean }) {
  return (
    <span className={classes.option}>
      {people && <Avatar name={option.title} size={24} />}
      <span className={classes.words}>
        <span className={classes.title}>{option.title}</span>
        {option.subtitle && <span className={classes.subtitle}>{option.subtitle}</span>}
      </span>
    </span>
  );
}
