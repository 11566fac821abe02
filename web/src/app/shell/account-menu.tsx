/** The workspace and the person, and the menu of what is theirs. */
import { UnstyledButton } from "@mantine/core";
import { ChevronsUpDown } from "lucide-react";
import { useMe } from "@/lib/me";
import { Logo } from "@/ui/logo";
import classes from "./account-menu.module.css";
import { demanded, MenuOnDemand } from "./menu-on-demand";

const ITEMS = demanded(() => import("./account-items").then((module) => module.AccountItems));

export function AccountMenu({ rail }: { rail?: boolean }) {
  const me = useMe();
  return (
    <MenuOnDemand of={ITEMS} position="bottom-start" width={248}>
      <UnstyledButton className={classes.button} aria-label={`${me.workspace.name} · ${me.member.name}`}>
        <Logo size={28} />
        {!rail && (
          <span className={classes.names}>
            <span className={classes.workspace}>{me.workspace.name}</span>
            <span className={classes.person}>{me.member.name}</span>
          </span>
        )}
        {!rail && <ChevronsUpDown size={14} className={classes.arrow} aria-hidden />}
      </UnstyledButton>
    </MenuOnDemand>
  );
}
