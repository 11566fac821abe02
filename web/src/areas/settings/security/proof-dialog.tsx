/** Asks once more who one is, before something that matters: by password, code or passkey. */
import { Anchor, Button, Modal, PasswordInput, Stack, Text, TextInput } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { KeyRound } from "lucide-react";
import { type FormEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import { canUsePasskeys } from "@/lib/passkeys";
import { proveWithCode, proveWithPasskey, proveWithPassword } from "@/lib/second-factor";
import { useSubmit } from "@/lib/use-submit";
import { FormProblem } from "@/ui/form-problem";
import { secondFactorsQuery } from "./queries";

export function ProofDialog({ onProved, onClose }: { onProved: () => void; onClose: () => void }) {
  const { t } = useTranslation();
  const types = (useQuery(secondFactorsQuery()).data ?? []).map(({ type }) => type);
  const [byCode, setByCode] = useState(false);
  const [given, setGiven] = useState("");
  const { busy, problem, fields, submit } = useSubmit();
  const passkey = useSubmit();

  const onSubmit = async (event: FormEvent) => {
    event.preventDefault();
    if (await submit(() => (byCode ? proveWithCode(given) : proveWithPassword(given)))) onProved();
  };

  return (
    <Modal opened onClose={onClose} title={t("security.proof_title")} size={420}>
      <form onSubmit={onSubmit}>
        <Stack gap="md">
          <Text size="sm" c="dimmed">
            {t("security.proof_text")}
          </Text>
          <FormProblem text={problem ?? passkey.problem} />
          {byCode ? (
            <TextInput
              label={t("security.code")}
              inputMode="numeric"
              autoComplete="one-time-code"
              data-autofocus
              required
              withAsterisk={false}
              value={given}
              error={fields.code}
              onChange={(event) => setGiven(event.currentTarget.value)}
            />
          ) : (
            <PasswordInput
              label={t("security.password")}
              autoComplete="current-password"
              data-autofocus
              required
              withAsterisk={false}
              value={given}
              error={fields.password}
              onChange={(event) => setGiven(event.currentTarget.value)}
            />
          )}
          <Button type="submit" loading={busy}>
            {t("security.confirm")}
          </Button>
          {types.includes("webauthn") && canUsePasskeys() && (
            <Button
              variant="default"
              leftSection={<KeyRound size={16} />}
              loading={passkey.busy}
              onClick={async () => {
                if (await passkey.submit(proveWithPasskey)) onProved();
              }}
            >
              {t("security.use_passkey")}
            </Button>
          )}
          {types.includes("totp") && (
            <Anchor
              component="button"
              type="button"
              size="sm"
              onClick={() => {
                setByCode(!byCode);
                setGiven("");
              }}
            >
              {t(byCode ? "security.use_password" : "security.use_code")}
            </Anchor>
          )}
        </Stack>
      </form>
    </Modal>
  );
}
