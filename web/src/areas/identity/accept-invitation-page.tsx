/** Join a workspace with the key of the invitation. */
import { Anchor, Button, PasswordInput, TextInput } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { getRouteApi, Link, useRouter } from "@tanstack/react-router";
import { type FormEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import type { Invitation } from "@/api/types";
import { acceptInvitation, readInvitation } from "@/lib/auth";
import { errorMessage } from "@/lib/error-message";
import { queryClient } from "@/lib/query-client";
import { useSubmit } from "@/lib/use-submit";
import { FormProblem } from "@/ui/form-problem";
import { RowsSkeleton } from "@/ui/states";
import { AuthFrame } from "./auth-frame";
import frame from "./auth-frame.module.css";

const route = getRouteApi("/accept-invitation/$key");

export function AcceptInvitationPage() {
  const { t } = useTranslation();
  const { key } = route.useParams();
  const { data, error } = useQuery({
    queryKey: ["invitation", key],
    queryFn: () => readInvitation(key),
    retry: false,
  });
  const toSignIn = (
    <Anchor component={Link} to="/sign-in" size="sm">
      {t("identity.back_to_sign_in")}
    </Anchor>
  );
  if (error) {
    return (
      <AuthFrame title={t("identity.invitation_refused")} text={errorMessage(error)} foot={toSignIn}>
        {null}
      </AuthFrame>
    );
  }
  if (!data) {
    return (
      <AuthFrame title={t("identity.invitation_title")}>
        <RowsSkeleton rows={3} />
      </AuthFrame>
    );
  }
  return <InvitationForm invitation={data} />;
}

function InvitationForm({ invitation }: { invitation: Invitation }) {
  const { t } = useTranslation();
  const { key } = route.useParams();
  const router = useRouter();
  const [name, setName] = useState(invitation.name);
  const [password, setPassword] = useState("");
  const { busy, problem, fields, submit } = useSubmit();
  const known = invitation.has_account;

  const onSubmit = async (event: FormEvent) => {
    event.preventDefault();
    const done = await submit(() => acceptInvitation(key, name.trim(), password));
    if (!done) return;
    queryClient.clear();
    router.history.push(`/w/${invitation.workspace.slug}`);
  };

  return (
    <AuthFrame
      title={t("identity.join", { workspace: invitation.workspace.name })}
      text={t(known ? "identity.join_text_known" : "identity.join_text", { inviter: invitation.invited_by })}
    >
      <form className={frame.form} onSubmit={onSubmit}>
        <FormProblem text={problem} />
        <TextInput label={t("identity.email")} value={invitation.email} readOnly autoComplete="username" />
        {!known && (
          <TextInput
            label={t("identity.your_name")}
            autoComplete="name"
            autoFocus
            required
            withAsterisk={false}
            value={name}
            error={fields.name}
            onChange={(event) => setName(event.currentTarget.value)}
          />
        )}
        <PasswordInput
          label={t(known ? "identity.password" : "identity.new_password")}
          description={
            known ? undefined : t("identity.password_rule", { least: invitation.password_min_length })
          }
          autoComplete={known ? "current-password" : "new-password"}
          required
          minLength={known ? undefined : invitation.password_min_length}
          withAsterisk={false}
          value={password}
          error={fields.password}
          onChange={(event) => setPassword(event.currentTarget.value)}
        />
        <Button type="submit" size="md" loading={busy} fullWidth>
          {t("identity.accept")}
        </Button>
      </form>
    </AuthFrame>
  );
}
