/** The workspace itself: its name, its currency, its time zone and its fiscal year; and the sample data, while it is there. */
import { Button, Select, Stack, TextInput } from "@mantine/core";
import { useQueryClient } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import type { MeWorkspace } from "@/api/types";
import { currencyChoices } from "@/lib/currencies";
import { currentLanguage } from "@/lib/language";
import { useMe } from "@/lib/me";
import { useOpens } from "@/lib/rights";
import { usePageTitle } from "@/lib/use-page-title";
import { useSubmit } from "@/lib/use-submit";
import { workspaceRequest } from "@/lib/workspace";
import { Card } from "@/ui/card";
import { FormProblem } from "@/ui/form-problem";
import { Page, PageHeader } from "@/ui/page";
import { toastSuccess } from "@/ui/toast";
import { Writable } from "@/ui/writable";
import { SampleDataCard } from "./sample-data-card";

export function WorkspacePage() {
  const { t } = useTranslation();
  const configures = useOpens("configure");
  usePageTitle(t("settings.workspace"));
  return (
    <Page header={<PageHeader title={t("settings.workspace")} />} width={680}>
      {configures && (
        <Writable>
          <Basics />
          <SampleDataCard />
        </Writable>
      )}
    </Page>
  );
}

function Basics() {
  const { t } = useTranslation();
  const client = useQueryClient();
  const { name, currency, time_zone, fiscal_month } = useMe().workspace;
  const [values, setValues] = useState({ name, currency, time_zone, fiscal_month });
  const { busy, problem, fields, submit } = useSubmit();
  const set = (changed: Partial<typeof values>) => setValues((old) => ({ ...old, ...changed }));
  const zones = [...new Set([time_zone, ...Intl.supportedValuesOf("timeZone")])];

  const monthName = new Intl.DateTimeFormat(currentLanguage(), { month: "long" });
  const months = Array.from({ length: 12 }, (_, at) => {
    const month = monthName.format(new Date(2001, at, 15));
    return { value: String(at + 1), label: at === 0 ? t("settings.fiscal_calendar", { month }) : month };
  });

  const onSubmit = async (event: FormEvent) => {
    event.preventDefault();
    const save = () => workspaceRequest<MeWorkspace>("/workspace", { method: "PATCH", body: values });
    if (!(await submit(save))) return;
    toastSuccess(t("settings.workspace_saved"));
    await Promise.all([
      client.invalidateQueries({ queryKey: ["me"] }),
      client.invalidateQueries({ queryKey: ["session"] }),
    ]);
  };

  return (
    <Card title={t("settings.workspace_basics")}>
      <form onSubmit={onSubmit}>
        <Stack gap="sm" maw={360}>
          <FormProblem text={problem} />
          <TextInput
            label={t("settings.workspace_name")}
            required
            withAsterisk={false}
            maxLength={100}
            value={values.name}
            error={fields.name}
            onChange={(event) => set({ name: event.currentTarget.value })}
          />
          <Select
            label={t("settings.currency")}
            description={t("settings.currency_text")}
            data={currencyChoices(currentLanguage())}
            searchable
            allowDeselect={false}
            value={values.currency}
            error={fields.currency}
            onChange={(chosen) => chosen && set({ currency: chosen })}
          />
          <Select
            label={t("settings.time_zone")}
            description={t("settings.time_zone_text")}
            data={zones}
            searchable
            limit={100}
            allowDeselect={false}
            value={values.time_zone}
            error={fields.time_zone}
            onChange={(chosen) => chosen && set({ time_zone: chosen })}
          />
          <Select
            label={t("settings.fiscal_month")}
            description={t("settings.fiscal_month_text")}
            data={months}
            allowDeselect={false}
            value={String(values.fiscal_month)}
            error={fields.fiscal_month}
            onChange={(chosen) => chosen && set({ fiscal_month: Number(chosen) })}
          />
          <div>
            <Button type="submit" loading={busy}>
              {t("settings.save")}
            </Button>
          </div>
        </Stack>
      </form>
    </Card>
  );
}
