/** The identity providers of the workspace, and whether they are the only way in. */
import { Button, Menu, Switch } from "@mantine/core";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { Link, useNavigate } from "@tanstack/react-router";
import { Building2, ChevronDown, Plus } from "lucide-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { ProviderState, SingleSignOn } from "@/api/types";
import { formatDateTime, formatNumber } from "@/lib/format";
import { usePageTitle } from "@/lib/use-page-title";
import { currentWorkspace } from "@/lib/workspace";
import { Card } from "@/ui/card";
import { Chip } from "@/ui/chip";
import { ConfirmDanger } from "@/ui/confirm-danger";
import { Page, PageHeader } from "@/ui/page";
import { EmptyState, ErrorState, RowsSkeleton } from "@/ui/states";
import { toastError, toastSuccess } from "@/ui/toast";

import { CopyLine } from "./copy-line";
import { requireSingleSignOn, settingsChanged, singleSignOnQuery } from "./requests";
import classes from "./single-sign-on.module.css";
import type { Protocol } from "./values";

const PROTOCOLS: Protocol[] = ["oidc", "saml"];

export function SingleSignOnPage() {
  const { t } = useTranslation();
  const told = useQuery(singleSignOnQuery());
  usePageTitle(t("single-sign-on.title"));
  const some = (told.data?.providers.length ?? 0) > 0;
  return (
    <Page
      width={760}
      header={<PageHeader title={t("single-sign-on.title")} actions={some && <AddProvider />} />}
    >
      {told.isError ? (
        <ErrorState error={told.error} onRetry={() => told.refetch()} />
      ) : told.isPending ? (
        <RowsSkeleton rows={3} height={64} />
      ) : some ? (
        <>
          <p className={classes.lead}>{t("single-sign-on.lead")}</p>
          <ul className={classes.list}>
            {told.data.providers.map((provider) => (
              <ProviderRow key={provider.id} provider={provider} />
            ))}
          </ul>
          <Card title={t("single-sign-on.entry")} text={t("single-sign-on.entry_text")}>
            <CopyLine label={t("single-sign-on.entry_address")} text={told.data.sign_in_url} />
          </Card>
          <OnlyWay told={told.data} />
        </>
      ) : (
        <EmptyState title={t("single-sign-on.none")} action={<AddProvider />}>
          {t("single-sign-on.none_text")}
        </EmptyState>
      )}
    </Page>
  );
}

function AddProvider() {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const begin = (protocol: Protocol) =>
    navigate({
      to: "/w/$ws/settings/single-sign-on/$id",
      params: { ws: currentWorkspace(), id: "new" },
      search: { protocol },
    });
  return (
    <Menu position="bottom-end" width={300}>
      <Menu.Target>
        <Button leftSection={<Plus size={16} />} rightSection={<ChevronDown size={14} />}>
          {t("single-sign-on.add")}
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        {PROTOCOLS.map((protocol) => (
          <Menu.Item key={protocol} onClick={() => begin(protocol)}>
            <span className={classes.choice}>
              {t(`single-sign-on.protocol_${protocol}`)}
              <span className={classes.detail}>{t(`single-sign-on.protocol_${protocol}_text`)}</span>
            </span>
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}

function ProviderRow({ provider }: { provider: ProviderState }) {
  const { t } = useTranslation();
  const people = t("single-sign-on.people", {
    count: provider.people,
    number: formatNumber(provider.people),
  });
  const used = provider.proved_at
    ? [people, t("single-sign-on.proved", { when: formatDateTime(provider.proved_at) })]
    : [t("single-sign-on.unproved")];
  return (
    <li className={classes.row}>
      <Building2 size={18} strokeWidth={1.75} className={classes.icon} aria-hidden />
      <span className={classes.words}>
        <span className={classes.name}>
          <Link
            className={classes.link}
            to="/w/$ws/settings/single-sign-on/$id"
            params={{ ws: currentWorkspace(), id: provider.id }}
          >
            {provider.name}
          </Link>
          <Chip hue={provider.is_active ? "green" : "slate"}>
            {t(provider.is_active ? "single-sign-on.on" : "single-sign-on.off")}
          </Chip>
          <Chip>{t(`single-sign-on.protocol_${provider.protocol}`)}</Chip>
        </span>
        <span className={classes.detail}>
          {[provider.domains.join("、") || t("single-sign-on.domains_any"), ...used].join(" · ")}
        </span>
      </span>
    </li>
  );
}

function OnlyWay({ told }: { told: SingleSignOn }) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const [asking, setAsking] = useState(false);
  // Shown while the server still works on it.
  const [turned, setTurned] = useState<boolean | null>(null);
  const proved = told.providers.some((one) => one.is_active && one.proved_at !== null);
  const change = async (required: boolean) => {
    setTurned(required);
    try {
      await requireSingleSignOn(required);
      toastSuccess(t(required ? "single-sign-on.required_now" : "single-sign-on.optional_now"));
    } catch (error) {
      toastError(error);
    }
    await settingsChanged(client);
    setTurned(null);
  };
  return (
    <Card title={t("single-sign-on.only")} text={t("single-sign-on.only_text")}>
      <Switch
        label={t("single-sign-on.only_switch")}
        description={proved || told.required ? undefined : t("single-sign-on.only_unproved")}
        checked={turned ?? told.required}
        disabled={!proved && !told.required}
        onChange={(event) => (event.currentTarget.checked ? setAsking(true) : void change(false))}
      />
      <p className={classes.hint}>{t("single-sign-on.only_emergency")}</p>
      <ConfirmDanger
        opened={asking}
        title={t("single-sign-on.only_ask")}
        confirmLabel={t("single-sign-on.only_confirm")}
        onConfirm={() => change(true)}
        onClose={() => setAsking(false)}
      >
        {t("single-sign-on.only_ask_text")}
      </ConfirmDanger>
    </Card>
  );
}
