/** Navigation on phones: start, customers, create, tasks, and the drawer with all the rest. */
import { UnstyledButton } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import { House, Menu, Plus } from "lucide-react";
import { useTranslation } from "react-i18next";
import { findObject, useCatalog } from "@/lib/catalog";
import { label } from "@/lib/label";
import { can } from "@/lib/rights";
import { currentWorkspace } from "@/lib/workspace";
import { IconByName } from "@/ui/icon-by-name";
import classes from "./bottom-bar.module.css";
import { MenuOnDemand } from "./menu-on-demand";
import { creatableObjects } from "./navigation";
import { CREATABLE } from "./quick-create";
import { useShell } from "./shell-state";

export function BottomBar() {
  const { t } = useTranslation();
  const catalog = useCatalog();
  const show = useShell((state) => state.show);
  const ws = currentWorkspace();
  const toObject = (key: string) => {
    const object = findObject(catalog, key);
    return (
      object &&
      can(object, "read") && (
        <Link to="/w/$ws/o/$object" params={{ ws, object: key }} className={classes.item}>
          <IconByName name={object.icon} size={20} />
          {label(object.plural)}
        </Link>
      )
    );
  };
  return (
    <nav className={classes.bar} aria-label={t("app.navigation")}>
      <Link to="/w/$ws" params={{ ws }} activeOptions={{ exact: true }} className={classes.item}>
        <House size={20} strokeWidth={1.75} aria-hidden />
        {t("app.home")}
      </Link>
      {toObject("company")}
      {creatableObjects(catalog).length > 0 && (
        <MenuOnDemand of={CREATABLE} position="top" width={200}>
          <UnstyledButton className={classes.plus} aria-label={t("app.new")}>
            <Plus size={22} />
          </UnstyledButton>
        </MenuOnDemand>
      )}
      {toObject("task")}
      <UnstyledButton className={classes.item} onClick={() => show("drawer", true)}>
        <Menu size={20} strokeWidth={1.75} aria-hidden />
        {t("app.more")}
      </UnstyledButton>
    </nav>
  );
}
