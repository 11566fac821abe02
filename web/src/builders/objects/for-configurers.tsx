/** What only those with the right to configure see; others are told whom to ask. */
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { useSystemRight } from "@/lib/rights";
import { Page, PageHeader } from "@/ui/page";
import { EmptyState } from "@/ui/states";

export function ForConfigurers({ title, children }: { title: string; children: ReactNode }) {
  const { t } = useTranslation();
  if (useSystemRight("configure")) return children;
  return (
    <Page header={<PageHeader title={title} />}>
      <EmptyState kind="forbidden" title={t("objects.forbidden")}>
        {t("objects.forbidden_text")}
      </EmptyState>
    </Page>
  );
}
