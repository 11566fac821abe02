/** The first step of signing in: mail address and password, or a passkey instead of both. */
import { Anchor, Button, Divider, PasswordInput, TextInput } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import { KeyRound } from "lucide-react";
import { Children, type FormEvent, type ReactNode, useState } from "react";
import { useTranslation } from "react-i18next";
import { type SignInStep, signIn } from "@/lib/auth";
import { canUsePasskeys } from "@/lib/passkeys";
import { signInWithPasskey } from "@/lib/second-factor";
import { useSubmit } from "@/lib/use-submit";
import { FormProblem } from "@/ui/form-problem";
import frame from "./auth-frame.module.css";

export function PasswordStep({
  email,
  onEmail,
  onStep,
  children,
}: {
  email: string;
  onEmail: (email: string) => void;
  onStep: (step: SignInStep) => void;
  /** Further ways to sign in. */
  children?: ReactNode;
}) {
  const { t } = useTranslation();
  const [password, setPassword] = useState("");
  const { busy, problem, fields, submit } = useSubmit();
  const passkey = useSubmit();

  const onSubmit = (event: FormEvent) => {
    event.preventDefault();
    void submit(async () => onStep(await signIn(email.trim(), password)));
  };

  return (
    <form className={frame.form} onSubmit={onSubmit}>
      <FormProblem text={problem ?? passkey.problem} />
      <TextInput
        label={t("identity.email")}
        type="email"
        name="email"
        autoComplete="username"
        autoFocus
        required
        withAsterisk={false}
        value={email}
        error={fields.email}
        onChange={(event) => onEmail(event.currentTarget.value)}
      />
      <div>
        <PasswordInput
          label={t("identity.password")}
          name="password"
          autoComplete="current-password"
          required
          withAsterisk={false}
          value={password}
          error={fields.password}
          onChange={(event) => setPassword(event.currentTarget.value)}
        />
        <Anchor component={Link} to="/forgot-password" size="sm" mt={6} display="inline-block">
          {t("identity.forgot")}
        </Anchor>
      </div>
      <Button type="submit" size="md" loading={busy} fullWidth>
        {t("identity.sign_in")}
      </Button>
      {(canUsePasskeys() || Children.toArray(children).length > 0) && <Divider label={t("identity.or")} />}
      {canUsePasskeys() && (
        <Button
          variant="default"
          size="md"
          fullWidth
          loading={passkey.busy}
          leftSection={<KeyRound size={16} />}
          onClick={() => passkey.submit(async () => onStep(await signInWithPasskey()))}
        >
          {t("identity.use_passkey")}
        </Button>
      )}
      {children}
    </form>
  );
}
