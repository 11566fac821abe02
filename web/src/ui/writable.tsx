/** What changes something, all of it out of use while somebody looks with another member's eyes: the bar above says so. */
import type { ReactNode } from "react";
import { useOnlyLooks } from "@/lib/rights";
import classes from "./writable.module.css";

export function Writable({ children }: { children: ReactNode }) {
  return (
    <fieldset className={classes.writable} disabled={useOnlyLooks()}>
      {children}
    </fieldset>
  );
}
