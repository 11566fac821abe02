/** What only those who look after automation see; others are told whom to ask. */
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { useOpens } from "@/lib/rights";
import { Page, PageHeader } from "@/ui/page";
import { EmptyState } from "@/ui/states";

export function ForAutomation({ children }: { children: ReactNode }) {
  const { t } = useTranslation();
  if (useOpens("automation")) return children;
  return (
    <Page header={<PageHeader title={t("automation.title")} />}>
      <EmptyState kind="forbidden" title={t("automation.forbidden")}>
        {t("automation.forbidden_text")}
      </EmptyState>
    </Page>
  );
}
