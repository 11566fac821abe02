/** What the passwords of the workspace's people must be. */
import { Button, NumberInput, Stack } from "@mantine/core";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import type { PasswordRules } from "@/api/types";
import { usePageTitle } from "@/lib/use-page-title";
import { useSubmit } from "@/lib/use-submit";
import { workspaceRequest } from "@/lib/workspace";
import { Card } from "@/ui/card";
import { FormProblem } from "@/ui/form-problem";
import { Page, PageHeader } from "@/ui/page";
import { ErrorState, RowsSkeleton } from "@/ui/states";
import { toastSuccess } from "@/ui/toast";
import { Writable } from "@/ui/writable";
import { passwordRulesQuery } from "./queries";

export function PasswordRulesPage() {
  const { t } = useTranslation();
  const rules = useQuery(passwordRulesQuery());
  usePageTitle(t("security.rules"));
  return (
    <Page header={<PageHeader title={t("security.rules")} />} width={680}>
      {rules.isError ? (
        <ErrorState error={rules.error} onRetry={() => rules.refetch()} />
      ) : rules.isPending ? (
        <RowsSkeleton rows={2} height={56} />
      ) : (
        <Writable>
          <RulesForm rules={rules.data} />
        </Writable>
      )}
    </Page>
  );
}

function RulesForm({ rules }: { rules: PasswordRules }) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const [length, setLength] = useState<number | string>(rules.min_length);
  const [last, setLast] = useState<number | string>(rules.not_last);
  const { busy, problem, fields, submit } = useSubmit();
  const onSubmit = async (event: FormEvent) => {
    event.preventDefault();
    const body = { min_length: Number(length), not_last: Number(last) };
    const save = () => workspaceRequest<PasswordRules>("/password-rules", { method: "PATCH", body });
    if (!(await submit(save))) return;
    toastSuccess(t("security.saved"));
    await Promise.all([
      client.invalidateQueries({ queryKey: ["password-rules"] }),
      client.invalidateQueries({ queryKey: ["session"] }),
    ]);
  };
  return (
    <Card title={t("security.rules_card")} text={t("security.rules_text")}>
      <form onSubmit={onSubmit}>
        <Stack gap="md" maw={360}>
          <FormProblem text={problem} />
          <NumberInput
            label={t("security.rules_length")}
            description={t("security.rules_length_text", { least: rules.installation_min_length })}
            min={rules.installation_min_length}
            max={64}
            allowDecimal={false}
            required
            withAsterisk={false}
            value={length}
            error={fields.min_length}
            onChange={setLength}
          />
          <NumberInput
            label={t("security.rules_last")}
            description={t("security.rules_last_text")}
            min={rules.installation_not_last}
            max={10}
            allowDecimal={false}
            required
            withAsterisk={false}
            value={last}
            error={fields.not_last}
            onChange={setLast}
          />
          <div>
            <Button type="submit" loading={busy}>
              {t("security.save")}
            </Button>
          </div>
        </Stack>
      </form>
    </Card>
  );
}
