/** Set a new password with the key of the mail. */
import { Anchor, Button, PasswordInput } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { getRouteApi, Link } from "@tanstack/react-router";
import { type FormEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import { resetPassword } from "@/lib/auth";
import { sessionQuery } from "@/lib/me";
import { useSubmit } from "@/lib/use-submit";
import { FormProblem } from "@/ui/form-problem";
import { RowsSkeleton } from "@/ui/states";
import { AuthFrame } from "./auth-frame";
import frame from "./auth-frame.module.css";
import { resetKeyQuery } from "./reset-key";

const route = getRouteApi("/reset-password/$key");

export function ResetPasswordPage() {
  const { t } = useTranslation();
  const { key } = route.useParams();
  const [password, setPassword] = useState("");
  const [done, setDone] = useState(false);
  const { busy, problem, fields, submit } = useSubmit();
  const usable = useQuery(resetKeyQuery(key));
  const least = useQuery(sessionQuery()).data?.password_min_length ?? 8;

  const onSubmit = async (event: FormEvent) => {
    event.preventDefault();
    setDone(await submit(() => resetPassword(key, password)));
  };

  if (done) {
    return (
      <AuthFrame title={t("identity.reset_done_title")} text={t("identity.reset_done_text")}>
        <Button component={Link} to="/sign-in" size="md" fullWidth mt="lg">
          {t("identity.sign_in")}
        </Button>
      </AuthFrame>
    );
  }
  const again = (
    <Anchor component={Link} to="/forgot-password" size="sm">
      {t("identity.ask_again")}
    </Anchor>
  );
  if (usable.isPending) {
    return (
      <AuthFrame title={t("identity.reset_title")}>
        <RowsSkeleton rows={2} />
      </AuthFrame>
    );
  }
  if (usable.data === false) {
    return (
      <AuthFrame title={t("identity.reset_over")} text={t("identity.reset_over_text")}>
        <Button component={Link} to="/forgot-password" size="md" fullWidth mt="lg">
          {t("identity.ask_again")}
        </Button>
      </AuthFrame>
    );
  }
  return (
    <AuthFrame title={t("identity.reset_title")} text={t("identity.password_rule", { least })} foot={again}>
      <form className={frame.form} onSubmit={onSubmit}>
        <FormProblem text={fields.key ?? problem} />
        <PasswordInput
          label={t("identity.new_password")}
          autoComplete="new-password"
          autoFocus
          required
          minLength={least}
          withAsterisk={false}
          value={password}
          error={fields.password}
          onChange={(event) => setPassword(event.currentTarget.value)}
        />
        <Button type="submit" size="md" loading={busy} fullWidth>
          {t("identity.save_password")}
        </Button>
      </form>
    </AuthFrame>
  );
}
