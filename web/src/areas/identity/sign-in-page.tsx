/** Sign in: address and password, a passkey or the company's account, then the second step of those who have one. */
import { Alert, Anchor, Button, Divider } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { getRouteApi, useRouter } from "@tanstack/react-router";
import { Building2, LogOut } from "lucide-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { presentStep, type SignInStep } from "@/lib/auth";
import { queryClient } from "@/lib/query-client";
import { SINGLE_SIGN_ON_NEEDED } from "@/lib/session-end";
import { AuthFrame } from "./auth-frame";
import frame from "./auth-frame.module.css";
import { CodeStep } from "./code-step";
import { CompanyStep } from "./company-sign-in/company-step";
import { CompanyProblem } from "./company-sign-in/problem";
import { ProviderButtons } from "./company-sign-in/provider-buttons";
import { providersQuery } from "./company-sign-in/requests";
import { PasswordStep } from "./password-step";

const route = getRouteApi("/sign-in");

/** Only addresses of this client: a link must not send a signed-in person elsewhere. */
export function safeNext(next: string | undefined): string {
  return next && /^\/(?![/\\])/.test(next) ? next : "/";
}

export function SignInPage() {
  const { t } = useTranslation();
  const { next, ended, workspace, problem, provider } = route.useSearch();
  const router = useRouter();
  const [at, setAt] = useState<SignInStep | null>(null);
  const [email, setEmail] = useState("");
  const [finding, setFinding] = useState(false);
  const [otherwise, setOtherwise] = useState(false);
  // Whoever accepted an invitation with a password has the second step before them.
  const begun = useQuery({ queryKey: ["sign-in-step"], queryFn: presentStep, retry: false, gcTime: 0 });
  const offered = useQuery(providersQuery(workspace ?? ""));
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
  if (finding) {
    return (
      <AuthFrame title={t("company-sign-in.title")} text={t("company-sign-in.text")}>
        <CompanyStep known={email} next={safeNext(next)} onBack={() => setFinding(false)} />
      </AuthFrame>
    );
  }
  const providers = offered.data?.providers ?? [];
  // Whoever was sent here has a password already, which does not open the workspace.
  const onlyWay =
    problem === SINGLE_SIGN_ON_NEEDED && !otherwise && (offered.isPending || providers.length > 0);
  return (
    <AuthFrame
      title={t("identity.sign_in_title")}
      text={t(workspace && providers.length > 0 ? "company-sign-in.choose" : "identity.sign_in_text")}
    >
      {ended && (
        <Alert color="blue" variant="light" mt="md" p="sm" icon={<LogOut size={16} />}>
          {t(`identity.ended_${ended}`)}
        </Alert>
      )}
      {problem && <CompanyProblem problem={problem} provider={provider} next={safeNext(next)} />}
      {workspace && providers.length > 0 && (
        <div className={frame.form}>
          <ProviderButtons providers={providers} next={safeNext(next)} first />
          {onlyWay ? (
            <Anchor component="button" type="button" size="sm" onClick={() => setOtherwise(true)}>
              {t("company-sign-in.others")}
            </Anchor>
          ) : (
            <Divider label={t("identity.or")} />
          )}
        </div>
      )}
      {workspace && offered.isSuccess && providers.length === 0 && (
        <Alert color="blue" variant="light" mt="md" p="sm">
          {t("company-sign-in.none_here")}
        </Alert>
      )}
      {!onlyWay && (
        <PasswordStep email={email} onEmail={setEmail} onStep={go}>
          {!workspace && (
            <ProviderButtons
              providers={providers.filter(({ id }) => id !== provider)}
              next={safeNext(next)}
              hint={email}
            />
          )}
          {offered.data?.others && !workspace && providers.length === 0 && (
            <Button
              variant="default"
              size="md"
              fullWidth
              leftSection={<Building2 size={16} />}
              onClick={() => setFinding(true)}
            >
              {t("company-sign-in.other")}
            </Button>
          )}
        </PasswordStep>
      )}
    </AuthFrame>
  );
}
