/** The frame of a workspace: navigation at the left (at the foot on phones), the page beside it. */
import { useMediaQuery } from "@mantine/hooks";
import { Outlet, useLocation } from "@tanstack/react-router";
import { lazy, Suspense, useEffect } from "react";
import { useTranslation } from "react-i18next";
import { useLiveStream } from "@/lib/live";
import { useMe } from "@/lib/me";
import { useMemberTheme } from "@/lib/settings";
import { PageSkeleton } from "@/ui/states";
import { BottomBar } from "./bottom-bar";
import classes from "./shell.module.css";
import { useShell } from "./shell-state";
import { Sidebar } from "./sidebar";
import { useShellShortcuts } from "./use-shell-shortcuts";

const SidebarDrawer = lazy(() =>
  import("./sidebar-drawer").then((module) => ({ default: module.SidebarDrawer })),
);
const ViewAsBar = lazy(() => import("./view-as-bar").then((module) => ({ default: module.ViewAsBar })));
const Overlays = lazy(() => import("./overlays").then((module) => ({ default: module.Overlays })));

export function Shell() {
  const { t } = useTranslation();
  const phone = useMediaQuery("(max-width: 48em)", undefined, { getInitialValueInEffect: false });
  const { drawer, show } = useShell();
  const { pathname } = useLocation();
  const me = useMe();
  useLiveStream(me.live_url);
  // The look is the looker's own, with whoever's eyes.
  useMemberTheme(me.view_as ? null : me.member.theme);
  useShellShortcuts();

  // biome-ignore lint/correctness/useExhaustiveDependencies: a new page closes the drawer
  useEffect(() => show("drawer", false), [pathname, show]);

  return (
    <div className={classes.frame}>
      <a className={classes.skip} href="#main">
        {t("app.skip")}
      </a>
      {me.view_as && (
        <Suspense fallback={null}>
          <ViewAsBar name={me.member.name} looking={me.view_as} />
        </Suspense>
      )}
      <div className={classes.shell}>
        {phone ? <Suspense fallback={null}>{drawer && <SidebarDrawer />}</Suspense> : <Sidebar />}
        <main id="main" className={classes.main} tabIndex={-1}>
          <Suspense fallback={<PageSkeleton />}>
            <Outlet />
          </Suspense>
        </main>
        {phone && <BottomBar />}
      </div>
      <Suspense fallback={null}>
        <Overlays />
      </Suspense>
    </div>
  );
}
