/** The second step of signing in: the code of the app, a passkey, or a recovery code. */
import { Anchor, Button, Checkbox, Group, TextInput } from "@mantine/core";
import { KeyRound } from "lucide-react";
import { type FormEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import type { SignInStep } from "@/lib/auth";
import { canUsePasskeys } from "@/lib/passkeys";
import { enterCode, stepWithPasskey, trustDevice } from "@/lib/second-factor";
import { useSubmit } from "@/lib/use-submit";
import { FormProblem } from "@/ui/form-problem";
import frame from "./auth-frame.module.css";

export function CodeStep({
  step,
  onStep,
  onBack,
}: {
  step: SignInStep;
  onStep: (step: SignInStep) => void;
  onBack: () => void;
}) {
  const { t } = useTranslation();
  const hasApp = step.types.includes("totp");
  const hasPasskey = step.types.includes("webauthn") && canUsePasskeys();
  const [recovering, setRecovering] = useState(!hasApp && !hasPasskey);
  const [code, setCode] = useState("");
  const [trust, setTrust] = useState(false);
  // What was refused as a code of the app says nothing of a recovery code, nor the other way round.
  const [sent, setSent] = useState<boolean | null>(null);
  const { busy, problem, fields, submit } = useSubmit();
  const passkey = useSubmit();
  const typed = hasApp || recovering;

  const proceed = async (next: SignInStep) => onStep(next.step === "trust" ? await trustDevice(trust) : next);
  const onSubmit = (event: FormEvent) => {
    event.preventDefault();
    setSent(recovering);
    void submit(async () => proceed(step.step === "trust" ? step : await enterCode(code)));
  };
  const turn = () => {
    setRecovering(!recovering);
    setCode("");
  };

  return (
    <form className={frame.form} onSubmit={onSubmit}>
      <FormProblem text={problem ?? passkey.problem} />
      {step.step === "code" && typed && (
        <TextInput
          key={String(recovering)}
          label={t(recovering ? "identity.recovery_code" : "identity.code")}
          description={t(recovering ? "identity.recovery_code_text" : "identity.code_hint")}
          inputMode="numeric"
          autoComplete="one-time-code"
          autoFocus
          required
          withAsterisk={false}
          maxLength={12}
          value={code}
          error={sent === recovering ? fields.code : undefined}
          onChange={(event) => setCode(event.currentTarget.value)}
        />
      )}
      <Checkbox
        label={t("identity.trust_device")}
        checked={trust}
        onChange={(event) => setTrust(event.currentTarget.checked)}
      />
      {(typed || step.step === "trust") && (
        <Button type="submit" size="md" loading={busy} fullWidth>
          {t("identity.continue")}
        </Button>
      )}
      {hasPasskey && step.step === "code" && (
        <Button
          variant={typed ? "default" : "filled"}
          size="md"
          fullWidth
          loading={passkey.busy}
          leftSection={<KeyRound size={16} />}
          onClick={() => passkey.submit(async () => proceed(await stepWithPasskey()))}
        >
          {t("identity.use_passkey")}
        </Button>
      )}
      <Group justify="space-between">
        <Anchor component="button" type="button" size="sm" onClick={onBack}>
          {t("identity.back_to_sign_in")}
        </Anchor>
        {step.types.includes("recovery_codes") && (hasApp || hasPasskey) && (
          <Anchor component="button" type="button" size="sm" onClick={turn}>
            {t(recovering ? "identity.use_code" : "identity.use_recovery_code")}
          </Anchor>
        )}
      </Group>
    </form>
  );
}
