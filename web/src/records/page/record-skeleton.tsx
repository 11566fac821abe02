/** The bones of a record page while it loads. */
import { RowsSkeleton } from "@/ui/states";
import classes from "./page.module.css";

export function RecordSkeleton() {
  return (
    <div className={classes.page} aria-busy="true">
      <div className={classes.header}>
        <RowsSkeleton rows={2} height={40} />
      </div>
      <div className={classes.body}>
        <div className={classes.card}>
          <RowsSkeleton rows={10} height={32} />
        </div>
        <div className={classes.card}>
          <RowsSkeleton rows={6} height={48} />
        </div>
      </div>
    </div>
  );
}
