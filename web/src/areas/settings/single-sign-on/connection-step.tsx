/** The first step: our addresses for the other side, and what the other side gives for them. */
import { Anchor, Stack, TextInput } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { useSubmit } from "@/lib/use-submit";
import { Card } from "@/ui/card";
import { FormProblem } from "@/ui/form-problem";
import { CopyLine } from "./copy-line";
import { OidcFields } from "./oidc-fields";
import { readIssuer } from "./requests";
import { SamlFields } from "./saml-fields";
import classes from "./single-sign-on.module.css";
import { StepFoot } from "./step-foot";
import type { Protocol, ProviderValues } from "./values";

export interface StepProps {
  values: ProviderValues;
  fields: Record<string, string>;
  problem: string | null;
  set(changed: Partial<ProviderValues>): void;
}

export function ConnectionStep({
  protocol,
  values,
  fields,
  addresses,
  isNew,
  hasSecret,
  problem,
  set,
  why,
  busy,
  onNext,
  onSave,
}: StepProps & {
  protocol: Protocol;
  addresses: { callback_url: string; consumer_url: string; entity_id: string };
  isNew: boolean;
  hasSecret: boolean;
  why: string | null;
  busy: boolean;
  onNext: () => void;
  onSave: (() => void) | null;
}) {
  const { t } = useTranslation();
  const check = useSubmit();
  const checkIssuer = async () => {
    await check.submit(async () => {
      const { issuer } = await readIssuer(values.issuer.trim());
      set({ issuer });
      onNext();
    });
  };
  const oidc = protocol === "oidc";
  return (
    <>
      <Card title={t("single-sign-on.ours")} text={t(`single-sign-on.ours_${protocol}`)}>
        <Stack gap="sm">
          {oidc ? (
            <CopyLine label={t("single-sign-on.callback")} text={addresses.callback_url} />
          ) : (
            <>
              <CopyLine label={t("single-sign-on.entity_id")} text={addresses.entity_id} />
              <CopyLine label={t("single-sign-on.consumer")} text={addresses.consumer_url} />
              {isNew ? (
                <span className={classes.detail}>{t("single-sign-on.metadata_later")}</span>
              ) : (
                <Anchor href={addresses.entity_id} download="guanxi-metadata.xml" size="sm">
                  {t("single-sign-on.metadata_download")}
                </Anchor>
              )}
            </>
          )}
        </Stack>
      </Card>
      <Card title={t("single-sign-on.theirs")} text={t(`single-sign-on.theirs_${protocol}`)}>
        <Stack gap="md">
          <FormProblem text={problem ?? check.problem} />
          <TextInput
            label={t("single-sign-on.name")}
            description={t("single-sign-on.name_text")}
            placeholder={t("single-sign-on.name_example")}
            required
            maxLength={60}
            value={values.name}
            error={fields.name}
            onChange={(event) => set({ name: event.currentTarget.value })}
          />
          {oidc ? (
            <OidcFields values={values} fields={fields} set={set} hasSecret={hasSecret} />
          ) : (
            <SamlFields values={values} fields={fields} set={set} />
          )}
        </Stack>
      </Card>
      <StepFoot
        why={why}
        busy={busy || check.busy}
        onNext={isNew && oidc ? checkIssuer : onNext}
        onSave={onSave}
      />
    </>
  );
}
