/** How one signs in: two-step verification, passkeys, devices that are trusted, apps that one allows, the password. */
import { Text } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { ApiError } from "@/lib/api";
import { errorMessage } from "@/lib/error-message";
import { useMe } from "@/lib/me";
import { usePageTitle } from "@/lib/use-page-title";
import { Card } from "@/ui/card";
import { Page, PageHeader } from "@/ui/page";
import { ErrorState, RowsSkeleton } from "@/ui/states";
import { PasswordForm } from "../password-form";
import { AllowedAppsCard } from "../programs/allowed-apps-card";
import { DevicesCard } from "./devices-card";
import { PasskeysCard } from "./passkeys-card";
import { secondFactorsQuery } from "./queries";
import { TwoStepCard } from "./two-step-card";
import { useProof } from "./use-proof";

/** The session began with a workspace's identity provider: what belongs to the account is not its to change. */
const CLOSED = "single_sign_on.account_closed";

export function SecurityPage() {
  const { t } = useTranslation();
  const required = useMe().sign_in.second_factor;
  const factors = useQuery(secondFactorsQuery());
  const { proved, dialog } = useProof();
  usePageTitle(t("security.title"));
  const { error } = factors;
  if (error instanceof ApiError && error.code === CLOSED) {
    return (
      <Page header={<PageHeader title={t("security.title")} />} width={680}>
        <Card title={t("security.closed")} text={errorMessage(error)}>
          <Text size="sm">{t("security.closed_text")}</Text>
        </Card>
        <AllowedAppsCard />
      </Page>
    );
  }
  return (
    <Page header={<PageHeader title={t("security.title")} />} width={680}>
      {factors.isError ? (
        <ErrorState error={factors.error} onRetry={() => factors.refetch()} />
      ) : factors.isPending ? (
        <RowsSkeleton rows={4} height={56} />
      ) : (
        <>
          <TwoStepCard factors={factors.data} required={required} proved={proved} />
          <PasskeysCard factors={factors.data} required={required} proved={proved} />
          <DevicesCard />
          <AllowedAppsCard />
        </>
      )}
      <PasswordForm />
      {dialog}
    </Page>
  );
}
