/** The members who allow an app something, for those in charge of security. */
import { Modal } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import type { AppState } from "@/api/types";
import { EmptyState, ErrorState, RowsSkeleton } from "@/ui/states";
import { GrantList } from "./grant-list";
import { grantsQuery } from "./requests";

export function AppGrants({ app, onClose }: { app: AppState; onClose(): void }) {
  const { t } = useTranslation();
  const grants = useQuery(grantsQuery(true));
  const own = (grants.data ?? []).filter((grant) => grant.app_id === app.id);
  return (
    <Modal opened onClose={onClose} title={t("programs.allowed_title", { name: app.name })} size={640}>
      {grants.isError ? (
        <ErrorState compact error={grants.error} onRetry={() => grants.refetch()} />
      ) : grants.isPending ? (
        <RowsSkeleton rows={3} height={56} />
      ) : own.length === 0 ? (
        <EmptyState compact title={t("programs.allowed_by_nobody")} />
      ) : (
        <GrantList grants={own} by="member" />
      )}
    </Modal>
  );
}
