/** The frame of a page: one header (title, trail, actions) over one scrolling area. */
import clsx from "clsx";
import type { ReactNode } from "react";
import classes from "./page.module.css";

/** `fill`: the content takes the remaining height and scrolls by itself (grids, boards). `width` limits reading pages. */
export function Page({
  header,
  fill,
  width,
  children,
}: {
  header?: ReactNode;
  fill?: boolean;
  width?: number;
  children: ReactNode;
}) {
  return (
    <div className={classes.page}>
      {header}
      <div className={clsx(classes.content, fill && classes.fill)}>
        {width ? <div style={{ maxWidth: width }}>{children}</div> : children}
      </div>
    </div>
  );
}

export function PageHeader({
  title,
  icon,
  trail,
  meta,
  actions,
  children,
}: {
  title: ReactNode;
  icon?: ReactNode;
  /** What stands before the title: links to the pages above. */
  trail?: ReactNode;
  /** A quiet remark beside the title, such as a count. */
  meta?: ReactNode;
  /** Buttons at the right; the primary one last. */
  actions?: ReactNode;
  /** A second row, such as tabs. */
  children?: ReactNode;
}) {
  return (
    <header className={classes.header}>
      <div className={classes.row}>
        {trail && <nav className={classes.trail}>{trail}</nav>}
        <div className={classes.line}>
          {icon && <span className={classes.icon}>{icon}</span>}
          <h1 className={classes.title}>{title}</h1>
          {meta && <span className={classes.meta}>{meta}</span>}
          <span className={classes.space} />
          {actions && <div className={classes.actions}>{actions}</div>}
        </div>
      </div>
      {children}
    </header>
  );
}
