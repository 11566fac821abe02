/** Setting up the app on the telephone: scan, type the first code. */
import { Anchor, Button, Code, Group, Skeleton, Stack, Text, TextInput } from "@mantine/core";
import { type FormEvent, lazy, Suspense, useState } from "react";
import { useTranslation } from "react-i18next";
import { confirmApp } from "@/lib/second-factor";
import { useSubmit } from "@/lib/use-submit";
import { FormProblem } from "@/ui/form-problem";
import classes from "./security.module.css";

const ScanCode = lazy(() => import("./scan-code").then((module) => ({ default: module.ScanCode })));

/** `fresh` is the secret that was made for it; `proved` runs a request that may ask for a proof of who one is. */
export function AppSetUp({
  fresh,
  proved,
  onDone,
  onCancel,
}: {
  fresh: { secret: string; totp_url: string };
  proved<T>(run: () => Promise<T>): Promise<T>;
  onDone: () => void;
  onCancel: () => void;
}) {
  const { t } = useTranslation();
  const [typing, setTyping] = useState(false);
  const [code, setCode] = useState("");
  const { busy, problem, fields, submit } = useSubmit();

  const onSubmit = async (event: FormEvent) => {
    event.preventDefault();
    if (await submit(() => proved(() => confirmApp(code)))) onDone();
  };

  return (
    <form onSubmit={onSubmit}>
      <Stack gap="md">
        <FormProblem text={problem} />
        <Text size="sm">{t("security.app_scan")}</Text>
        <div className={classes.scan}>
          <Suspense fallback={<Skeleton width={176} height={176} />}>
            <ScanCode text={fresh.totp_url} label={t("security.app_code_picture")} />
          </Suspense>
        </div>
        <Anchor href={fresh.totp_url} size="sm" hiddenFrom="sm">
          {t("security.app_open")}
        </Anchor>
        {typing ? (
          <Code block className={classes.secret}>
            {fresh.secret.replace(/(.{4})/g, "$1 ").trim()}
          </Code>
        ) : (
          <Anchor component="button" type="button" size="sm" onClick={() => setTyping(true)}>
            {t("security.app_type")}
          </Anchor>
        )}
        <TextInput
          label={t("security.app_code")}
          inputMode="numeric"
          autoComplete="one-time-code"
          required
          withAsterisk={false}
          maxLength={8}
          value={code}
          error={fields.code}
          onChange={(event) => setCode(event.currentTarget.value)}
        />
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={onCancel}>
            {t("security.cancel")}
          </Button>
          <Button type="submit" loading={busy}>
            {t("security.app_turn_on")}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
