/** Change one's own password, knowing the current one. */
import { Button, PasswordInput, Stack } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import { changePassword } from "@/lib/auth";
import { sessionQuery } from "@/lib/me";
import { useSubmit } from "@/lib/use-submit";
import { Card } from "@/ui/card";
import { FormProblem } from "@/ui/form-problem";
import { toastSuccess } from "@/ui/toast";

export function PasswordForm({ onChanged }: { onChanged?: () => void }) {
  const { t } = useTranslation();
  const [current, setCurrent] = useState("");
  const [next, setNext] = useState("");
  const { busy, problem, fields, submit } = useSubmit();
  const least = useQuery(sessionQuery()).data?.password_min_length ?? 8;

  const onSubmit = async (event: FormEvent) => {
    event.preventDefault();
    if (!(await submit(() => changePassword(current, next)))) return;
    setCurrent("");
    setNext("");
    toastSuccess(t("settings.password_changed"));
    onChanged?.();
  };

  return (
    <Card title={t("settings.password")} text={t("settings.password_text", { least })}>
      <form onSubmit={onSubmit}>
        <Stack gap="sm" maw={360}>
          <FormProblem text={problem} />
          <PasswordInput
            label={t("settings.current_password")}
            autoComplete="current-password"
            required
            withAsterisk={false}
            value={current}
            error={fields.current_password}
            onChange={(event) => setCurrent(event.currentTarget.value)}
          />
          <PasswordInput
            label={t("settings.new_password")}
            autoComplete="new-password"
            required
            minLength={least}
            withAsterisk={false}
            value={next}
            error={fields.new_password}
            onChange={(event) => setNext(event.currentTarget.value)}
          />
          <div>
            <Button type="submit" loading={busy}>
              {t("settings.change_password")}
            </Button>
          </div>
        </Stack>
      </form>
    </Card>
  );
}
