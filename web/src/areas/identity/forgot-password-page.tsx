/** Ask for a mail to set a new password. The answer is the same whether or not the address is known. */
import { Anchor, Button, TextInput } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { type FormEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import { askForReset } from "@/lib/auth";
import { sessionQuery } from "@/lib/me";
import { useSubmit } from "@/lib/use-submit";
import { FormProblem } from "@/ui/form-problem";
import { AuthFrame } from "./auth-frame";
import frame from "./auth-frame.module.css";

export function ForgotPasswordPage() {
  const { t } = useTranslation();
  const session = useQuery(sessionQuery());
  const [email, setEmail] = useState("");
  const [sentTo, setSentTo] = useState<string | null>(null);
  const { busy, problem, fields, submit } = useSubmit();
  const back = (
    <Anchor component={Link} to="/sign-in" size="sm">
      {t("identity.back_to_sign_in")}
    </Anchor>
  );

  const onSubmit = async (event: FormEvent) => {
    event.preventDefault();
    if (await submit(() => askForReset(email.trim()))) setSentTo(email.trim());
  };

  // Without mail nothing would ever arrive: that is said before anybody waits for it.
  if (session.data?.mail === false) {
    return (
      <AuthFrame title={t("identity.forgot_title")} text={t("identity.no_mail_text")} foot={back}>
        {null}
      </AuthFrame>
    );
  }
  if (sentTo) {
    return (
      <AuthFrame
        title={t("identity.mail_sent_title")}
        text={t("identity.mail_sent_text", { email: sentTo })}
        foot={back}
      >
        {null}
      </AuthFrame>
    );
  }
  return (
    <AuthFrame title={t("identity.forgot_title")} text={t("identity.forgot_text")} foot={back}>
      <form className={frame.form} onSubmit={onSubmit}>
        <FormProblem text={problem} />
        <TextInput
          label={t("identity.email")}
          type="email"
          autoComplete="username"
          autoFocus
          required
          withAsterisk={false}
          value={email}
          error={fields.email}
          onChange={(event) => setEmail(event.currentTarget.value)}
        />
        <Button type="submit" size="md" loading={busy} fullWidth>
          {t("identity.send_mail")}
        </Button>
      </form>
    </AuthFrame>
  );
}
