/** Sign in: address and password or a passkey, then the second step of those who have one. */
import { Alert } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { getRouteApi, useRouter } from "@tanstack/react-router";
import { LogOut } from "lucide-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { presentStep, type SignInStep } from "@/lib/auth";
import { queryClient } from "@/lib/query-client";
import { AuthFrame } from "./auth-frame";
import { CodeStep } from "./code-step";
import { PasswordStep } from "./password-step";

const route = getRouteApi("/sign-in");

/** Only addresses of this client: a link must not send a signed-in person elsewhere. */
export function safeNext(next: string | undefined): string {
  return next && /^\/(?![/\\])/.test(next) ? next : "/";
}

export function SignInPage() {
  const { t } = useTranslation();
  const { next, ended } = route.useSearch();
  const router = useRouter();
  const [at, setAt] = useState<SignInStep | null>(null);
  // Whoever accepted an invitation with a password has the second step before them.
  const begun = useQuery({ queryKey: ["sign-in-step"], queryFn: presentStep, retry: false, gcTime: 0 });
  const step = at ?? begun.data;

  const go = (reached: SignInStep) => {
    setAt(reached);
    if (reached.step !== "done") return;
    queryClient.clear();
    router.history.push(safeNext(next));
  };

  if (step?.step === "code" || step?.step === "trust") {
    return (
      <AuthFrame title={t("identity.code_title")} text={t("identity.code_text")}>
        <CodeStep step={step} onStep={go} onBack={() => setAt({ step: "none", types: [] })} />
      </AuthFrame>
    );
  }
  return (
    <AuthFrame title={t("identity.sign_in_title")} text={t("identity.sign_in_text")}>
      {ended && (
        <Alert color="blue" variant="light" mt="md" p="sm" icon={<LogOut size={16} />}>
          {t(`identity.ended_${ended}`)}
        </Alert>
      )}
      <PasswordStep onStep={go} />
    </AuthFrame>
  );
}
