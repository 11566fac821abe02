/** What only those who may configure it see; others are told whom to ask. */
import { Button } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { useOpensSomeDesigner } from "@/lib/rights";
import { currentWorkspace } from "@/lib/workspace";
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
  const some = useOpensSomeDesigner();
  if (allowed) return children;
  return (
    <Page header={<PageHeader title={title} />}>
      <EmptyState
        kind="forbidden"
        title={t("objects.forbidden")}
        action={
          some && (
            <Button
              variant="default"
              renderRoot={(props) => (
                <Link to="/w/$ws/settings/objects" params={{ ws: currentWorkspace() }} {...props} />
              )}
            >
              {t("objects.to_own")}
            </Button>
          )
        }
      >
        {t(some ? "objects.forbidden_here" : "objects.forbidden_text")}
      </EmptyState>
    </Page>
  );
}
