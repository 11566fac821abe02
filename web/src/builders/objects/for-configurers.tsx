/** What only those who may configure it see; others are told whom to ask. */
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { Page, PageHeader } from "@/ui/page";
import { EmptyState } from "@/ui/states";

export function ForConfigurers({
  title,
  allowed,
  children,
}: {
  title: string;
  allowed: boolean;
  children: ReactNode;
}) {
  const { t } = useTranslation();
  if (allowed) return children;
  return (
    <Page header={<PageHeader title={title} />}>
      <EmptyState kind="forbidden" title={t("objects.forbidden")}>
        {t("objects.forbidden_text")}
      </EmptyState>
    </Page>
  );
}
