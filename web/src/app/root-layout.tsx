/** The outermost frame and the page for addresses that lead nowhere. */
import { Anchor, Center } from "@mantine/core";
import { Link, Outlet } from "@tanstack/react-router";
import { Suspense } from "react";
import { useTranslation } from "react-i18next";
import { EmptyState, ErrorState, PageSkeleton } from "@/ui/states";

export function RootLayout() {
  return (
    <Suspense fallback={<PageSkeleton />}>
      <Outlet />
    </Suspense>
  );
}

/** What went wrong instead of a page, and the way out of an address that leads nowhere. */
export function ErrorPage({ error, onRetry }: { error: unknown; onRetry: () => void }) {
  const { t } = useTranslation();
  return (
    <>
      <ErrorState error={error} onRetry={onRetry} />
      <Center>
        <Anchor href="/">{t("app.to_home")}</Anchor>
      </Center>
    </>
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
