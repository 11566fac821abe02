/** The navigation: account, search, create, start page, objects by group, shared views, settings. */
import { ActionIcon, UnstyledButton } from "@mantine/core";
import { useMediaQuery } from "@mantine/hooks";
import { Link, useParams } from "@tanstack/react-router";
import clsx from "clsx";
import { FileUp, House, Keyboard, PanelLeftClose, PanelLeftOpen, Search, Settings } from "lucide-react";
import { lazy, type ReactNode, Suspense } from "react";
import { useTranslation } from "react-i18next";
import { useCatalog } from "@/lib/catalog";
import { loadTexts } from "@/lib/i18n";
import { label } from "@/lib/label";
import { can } from "@/lib/rights";
import { currentWorkspace } from "@/lib/workspace";
import { IconByName } from "@/ui/icon-by-name";
import { AccountMenu } from "./account-menu";
import { Hint } from "./hint";
import { NavGroup } from "./nav-group";
import { navigationGroups } from "./navigation";
import { QuickCreate } from "./quick-create";
import { SharedViews } from "./shared-views";
import { useShell } from "./shell-state";
import classes from "./sidebar.module.css";

const Bell = lazy(async () => {
  const [{ Bell }] = await Promise.all([
    import("@/areas/notifications/bell"),
    loadTexts("areas/notifications"),
  ]);
  return { default: Bell };
});

const ApprovalsItem = lazy(async () => {
  const [{ ApprovalsItem }] = await Promise.all([import("./approvals-item"), loadTexts("areas/approvals")]);
  return { default: ApprovalsItem };
});

const FormsItem = lazy(async () => {
  const [{ FormsItem }] = await Promise.all([import("./forms-item"), loadTexts("areas/forms")]);
  return { default: FormsItem };
});

const PoolsItem = lazy(async () => {
  const [{ PoolsItem }] = await Promise.all([import("./pools-item"), loadTexts("areas/pools")]);
  return { default: PoolsItem };
});

const ReceivablesItem = lazy(async () => {
  const [{ ReceivablesItem }] = await Promise.all([import("./receivables-item"), loadTexts("areas/billing")]);
  return { default: ReceivablesItem };
});

const ForecastItem = lazy(async () => {
  const [{ ForecastItem }] = await Promise.all([import("./forecast-item"), loadTexts("areas/forecast")]);
  return { default: ForecastItem };
});

const CommissionItem = lazy(async () => {
  const [{ CommissionItem }] = await Promise.all([
    import("./commission-item"),
    loadTexts("areas/commission"),
  ]);
  return { default: CommissionItem };
});

const LossesItem = lazy(async () => {
  const [{ LossesItem }] = await Promise.all([import("./losses-item"), loadTexts("areas/sales/losses")]);
  return { default: LossesItem };
});

const MAC = /mac/i.test(navigator.userAgent);

export function Sidebar() {
  const { t } = useTranslation();
  const catalog = useCatalog();
  const phone = useMediaQuery("(max-width: 48em)", undefined, { getInitialValueInEffect: false });
  const { rail: collapsed, toggleRail, show } = useShell();
  const rail = collapsed && !phone;
  const ws = currentWorkspace();
  const { object: openObject } = useParams({ strict: false });
  const importable = catalog.objects.some((object) => can(object, "import"));

  return (
    <nav
      className={clsx(classes.sidebar, rail && classes.rail, phone && classes.wide)}
      aria-label={t("app.navigation")}
    >
      <AccountMenu rail={rail} />
      <UnstyledButton
        className={classes.search}
        onClick={() => show("palette", true)}
        aria-label={t("app.search")}
      >
        <Search size={16} strokeWidth={1.75} aria-hidden />
        {!rail && <span className={classes.grow}>{t("app.search")}</span>}
        {!rail && !phone && <kbd className={classes.kbd}>{MAC ? "⌘K" : "Ctrl K"}</kbd>}
      </UnstyledButton>
      <QuickCreate rail={rail} />
      <Suspense fallback={<div style={{ height: 32 }} />}>
        <Bell rail={rail} />
      </Suspense>

      <div className={classes.scroll}>
        <NavItem rail={rail} icon={<House size={16} strokeWidth={1.75} aria-hidden />} text={t("app.home")}>
          {(props) => <Link to="/w/$ws" params={{ ws }} activeOptions={{ exact: true }} {...props} />}
        </NavItem>
        <Suspense fallback={<div style={{ height: 32 }} />}>
          <ApprovalsItem rail={rail} />
        </Suspense>
        <Suspense>
          <FormsItem rail={rail} />
        </Suspense>
        <Suspense fallback={<div style={{ height: 32 }} />}>
          <PoolsItem rail={rail} />
        </Suspense>
        <Suspense fallback={<div style={{ height: 96 }} />}>
          <ForecastItem rail={rail} />
          <CommissionItem rail={rail} />
          <LossesItem rail={rail} />
        </Suspense>
        {navigationGroups(catalog).map(({ group, objects }) => (
          <NavGroup
            key={group}
            group={group}
            name={t(`app.group_${group}`, { defaultValue: group })}
            rail={rail}
          >
            {objects.map((object) => (
              <NavItem
                key={object.key}
                rail={rail}
                icon={<IconByName name={object.icon} />}
                text={label(object.plural)}
                active={openObject === object.key}
              >
                {(props) => <Link to="/w/$ws/o/$object" params={{ ws, object: object.key }} {...props} />}
              </NavItem>
            ))}
            {group === "orders" && (
              <Suspense>
                <ReceivablesItem rail={rail} />
              </Suspense>
            )}
          </NavGroup>
        ))}
        {!rail && <SharedViews />}
      </div>

      <div className={classes.foot}>
        {importable && (
          <NavItem
            rail={rail}
            icon={<FileUp size={16} strokeWidth={1.75} aria-hidden />}
            text={t("app.import")}
          >
            {(props) => <Link to="/w/$ws/import" params={{ ws }} {...props} />}
          </NavItem>
        )}
        <NavItem
          rail={rail}
          icon={<Settings size={16} strokeWidth={1.75} aria-hidden />}
          text={t("app.settings")}
        >
          {(props) => <Link to="/w/$ws/settings" params={{ ws }} {...props} />}
        </NavItem>
        {!phone && (
          <div className={classes.tools}>
            <Hint text={t("app.shortcuts")}>
              <ActionIcon
                variant="subtle"
                color="gray"
                onClick={() => show("help", true)}
                aria-label={t("app.shortcuts")}
              >
                <Keyboard size={16} strokeWidth={1.75} />
              </ActionIcon>
            </Hint>
            <Hint text={t(rail ? "app.expand" : "app.collapse")}>
              <ActionIcon
                variant="subtle"
                color="gray"
                onClick={toggleRail}
                aria-label={t(rail ? "app.expand" : "app.collapse")}
                aria-expanded={!rail}
              >
                {rail ? (
                  <PanelLeftOpen size={16} strokeWidth={1.75} />
                ) : (
                  <PanelLeftClose size={16} strokeWidth={1.75} />
                )}
              </ActionIcon>
            </Hint>
          </div>
        )}
      </div>
    </nav>
  );
}

interface LinkProps {
  className: string;
  activeProps?: { className: string; "aria-current": "page" };
  "aria-label"?: string;
  children: ReactNode;
}

/** One line of the navigation; `active` overrides the match by address (a record page belongs to its list). */
export function NavItem({
  rail,
  icon,
  text,
  active,
  count,
  children,
}: {
  rail?: boolean;
  icon: ReactNode;
  text: string;
  active?: boolean;
  /** A figure at the end of the line, such as how many wait. */
  count?: ReactNode;
  children: (props: LinkProps) => ReactNode;
}) {
  const link = children({
    className: clsx(classes.item, active && classes.active),
    activeProps: { className: clsx(classes.item, classes.active), "aria-current": "page" },
    "aria-label": rail ? text : undefined,
    children: (
      <>
        <span className={classes.icon}>{icon}</span>
        {!rail && <span className={classes.text}>{text}</span>}
        {count}
      </>
    ),
  });
  return rail ? <Hint text={text}>{link}</Hint> : link;
}
