/** Sign in with mail address and password. */
import { Anchor, Button, PasswordInput, TextInput } from "@mantine/core";
import { getRouteApi, Link, useRouter } from "@tanstack/react-router";
import { type FormEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import { signIn } from "@/lib/auth";
import { queryClient } from "@/lib/query-client";
import { useSubmit } from "@/lib/use-submit";
import { FormProblem } from "@/ui/form-problem";
import { AuthFrame } from "./auth-frame";
import frame from "./auth-frame.module.css";

const route = getRouteApi("/sign-in");

/** Only addresses of this client: a link must not send a signed-in person elsewhere. */
export function safeNext(next: string | undefined): string {
  return next && /^\/(?![/\\])/.test(next) ? next : "/";
}

export function SignInPage() {
  const { t } = useTranslation();
  const { next } = route.useSearch();
  const router = useRouter();
  const [email, setEmail] = useState("");
  const [password, setPassword] = useState("");
  const { busy, problem, fields, submit } = useSubmit();

  const onSubmit = async (event: FormEvent) => {
    event.preventDefault();
    const done = await submit(() => signIn(email.trim(), password));
    if (!done) return;
    queryClient.clear();
    router.history.push(safeNext(next));
  };

  return (
    <AuthFrame title={t("identity.sign_in_title")} text={t("identity.sign_in_text")}>
      <form className={frame.form} onSubmit={onSubmit}>
        <FormProblem text={problem} />
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
          onChange={(event) => setEmail(event.currentTarget.value)}
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
      </form>
    </AuthFrame>
  );
}
