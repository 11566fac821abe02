/** The outermost frame and the page for addresses that lead nowhere. */
import { Anchor } from "@mantine/core";
import { Link, Outlet } from "@tanstack/react-router";
import { Suspense } from "react";
import { useTranslation } from "react-i18next";
import { EmptyState, PageSkeleton } from "@/ui/states";

export function RootLayout() {
  return (
    <Suspense fallback={<PageSkeleton />}>
      <Outlet />
    </Suspense>
  );
}

export function NotFoundPage() {
  const { t } = useTranslation();
  return (
    <EmptyState
      kind="search"
      title={t("app.page_not_found")}
      action={
        <Anchor component={Link} to="/">
          {t("app.to_home")}
        </Anchor>
      }
    >
      {t("app.page_not_found_text")}
    </EmptyState>
  );
}
