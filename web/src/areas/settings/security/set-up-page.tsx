/** Setting up a second factor before a workspace opens, for those of whom a role asks it. */
import { Anchor, Button } from "@mantine/core";
import { useQueryClient } from "@tanstack/react-query";
import { getRouteApi, useNavigate, useRouter } from "@tanstack/react-router";
import { KeyRound, Smartphone } from "lucide-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { AuthFrame } from "@/areas/identity/auth-frame";
import { safeNext } from "@/areas/identity/sign-in-page";
import { signOut } from "@/lib/auth";
import { canUsePasskeys } from "@/lib/passkeys";
import { addPasskey, newAppSecret, tellRecoveryCodes } from "@/lib/second-factor";
import { useSubmit } from "@/lib/use-submit";
import { deviceName } from "@/lib/user-agent";
import { FormProblem } from "@/ui/form-problem";
import { AppSetUp } from "./app-set-up";
import { RecoveryCodes } from "./recovery-codes";
import classes from "./security.module.css";
import { useProof } from "./use-proof";

const route = getRouteApi("/second-factor");

export function SetUpPage() {
  const { t } = useTranslation();
  const { next } = route.useSearch();
  const client = useQueryClient();
  const router = useRouter();
  const navigate = useNavigate();
  const [fresh, setFresh] = useState<Awaited<ReturnType<typeof newAppSecret>> | null>(null);
  const [codes, setCodes] = useState<string[]>([]);
  const { busy, problem, fields, submit } = useSubmit();
  const { proved, dialog } = useProof();

  const leave = async () => {
    await signOut();
    client.clear();
    await navigate({ to: "/sign-in" });
  };
  const enter = () => {
    client.clear();
    router.history.push(safeNext(next));
  };
  const done = async () => {
    const told = await proved(tellRecoveryCodes).catch(() => []);
    if (told.length > 0) setCodes(told);
    else enter();
  };
  const app = () => void submit(async () => setFresh(await proved(newAppSecret)));
  const passkey = async () => {
    const name = deviceName(navigator.userAgent) || "Passkey";
    if (await submit(() => proved(() => addPasskey(name)))) await done();
  };
  const foot = (
    <Anchor component="button" type="button" size="sm" onClick={leave}>
      {t("security.sign_out")}
    </Anchor>
  );

  if (codes.length > 0) {
    return (
      <AuthFrame title={t("security.codes")}>
        <div className={classes.choices}>
          <RecoveryCodes codes={codes} doneLabel={t("security.codes_kept")} onDone={enter} />
        </div>
      </AuthFrame>
    );
  }
  return (
    <AuthFrame
      title={t("security.needed_title")}
      text={fresh ? undefined : t("security.needed_text")}
      foot={fresh ? undefined : foot}
    >
      <div className={classes.choices}>
        {fresh ? (
          <AppSetUp fresh={fresh} proved={proved} onDone={done} onCancel={() => setFresh(null)} />
        ) : (
          <>
            <FormProblem text={problem ?? fields.credential ?? null} />
            <Button size="md" fullWidth leftSection={<Smartphone size={16} />} onClick={app}>
              {t("security.needed_app")}
            </Button>
            {canUsePasskeys() && (
              <Button
                size="md"
                fullWidth
                variant="default"
                loading={busy}
                leftSection={<KeyRound size={16} />}
                onClick={passkey}
              >
                {t("security.needed_passkey")}
              </Button>
            )}
          </>
        )}
      </div>
      {dialog}
    </AuthFrame>
  );
}
