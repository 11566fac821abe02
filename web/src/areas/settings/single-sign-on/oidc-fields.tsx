/** What an OpenID Connect provider gives: its issuer, which can be asked who it is, client and secret. */
import { Anchor, Button, Group, PasswordInput, Stack, Text, TextInput } from "@mantine/core";
import { CircleCheck } from "lucide-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { IssuerDescription } from "@/api/types";
import { useSubmit } from "@/lib/use-submit";
import type { StepProps } from "./connection-step";
import { readIssuer } from "./requests";
import classes from "./single-sign-on.module.css";

export function OidcFields({
  values,
  fields,
  set,
  hasSecret,
}: Omit<StepProps, "problem"> & { hasSecret: boolean }) {
  const { t } = useTranslation();
  const check = useSubmit();
  const [found, setFound] = useState<IssuerDescription | null>(null);
  const ask = async () => {
    setFound(null);
    await check.submit(async () => {
      const told = await readIssuer(values.issuer.trim());
      set({ issuer: told.issuer });
      setFound(told);
    });
  };
  const fresh = found?.issuer === values.issuer ? found : null;
  return (
    <>
      <Stack gap={6}>
        <Group align="flex-end" gap="xs" wrap="nowrap">
          <TextInput
            flex={1}
            label={t("single-sign-on.issuer")}
            placeholder="https://login.example.com/realm"
            required
            value={values.issuer}
            error={Boolean(fields.issuer ?? check.problem)}
            onChange={(event) => set({ issuer: event.currentTarget.value })}
          />
          <Button variant="default" loading={check.busy} disabled={values.issuer.trim() === ""} onClick={ask}>
            {t("single-sign-on.check")}
          </Button>
        </Group>
        {(fields.issuer ?? check.problem) ? (
          <Text size="xs" className={classes.wrong} role="alert">
            {fields.issuer ?? check.problem}
          </Text>
        ) : fresh ? (
          <Text size="xs" className={classes.right} role="status">
            <CircleCheck size={12} aria-hidden />{" "}
            {t("single-sign-on.checked", { address: fresh.sign_in_url })}
          </Text>
        ) : (
          <Text size="xs" c="dimmed">
            {t("single-sign-on.issuer_text")}
          </Text>
        )}
      </Stack>
      <TextInput
        label={t("single-sign-on.client_id")}
        required
        autoComplete="off"
        value={values.client_id}
        error={fields.client_id}
        onChange={(event) => set({ client_id: event.currentTarget.value })}
      />
      {values.secret === null ? (
        <Group gap="xs">
          <Text size="sm">{t(hasSecret ? "single-sign-on.secret_kept" : "single-sign-on.secret_none")}</Text>
          <Anchor component="button" type="button" size="sm" onClick={() => set({ secret: "" })}>
            {t("single-sign-on.secret_change")}
          </Anchor>
        </Group>
      ) : (
        <PasswordInput
          label={t("single-sign-on.secret")}
          description={t("single-sign-on.secret_text")}
          autoComplete="new-password"
          value={values.secret}
          error={fields.secret}
          onChange={(event) => set({ secret: event.currentTarget.value })}
        />
      )}
      <TextInput
        label={t("single-sign-on.scopes")}
        description={t("single-sign-on.scopes_text")}
        placeholder="groups"
        value={values.scopes}
        error={fields.scopes}
        onChange={(event) => set({ scopes: event.currentTarget.value })}
      />
    </>
  );
}
