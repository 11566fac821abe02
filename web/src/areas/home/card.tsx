/** One card of the workbench, with what it shows while it loads or fails. */
import type { ReactNode } from "react";
import { ErrorState, RowsSkeleton } from "@/ui/states";
import classes from "./home-page.module.css";

export function Card<T>({
  title,
  more,
  query,
  children,
}: {
  title: string;
  more?: ReactNode;
  query: { data: T | undefined; error: unknown; isError: boolean; refetch(): unknown };
  children: (data: T) => ReactNode;
}) {
  return (
    <section className={classes.card}>
      <header className={classes.head}>
        <h2 className={classes.heading}>{title}</h2>
        {more}
      </header>
      <div className={classes.body}>
        {query.isError ? (
          <ErrorState compact error={query.error} onRetry={() => query.refetch()} />
        ) : query.data === undefined ? (
          <RowsSkeleton rows={4} height={40} />
        ) : (
          children(query.data)
        )}
      </div>
    </section>
  );
}
