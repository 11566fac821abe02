/** Accept with a name and, if wanted, a signature; or decline and say why. */
import { Button, Group, Stack, Textarea, TextInput } from "@mantine/core";
import { Check } from "lucide-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { errorMessage } from "@/lib/error-message";
import { formatMoney } from "@/lib/format";
import { SignaturePad } from "@/records/field-kinds/signature/pad";
import { FormProblem } from "@/ui/form-problem";
import classes from "./offer.module.css";
import { type OfferedQuote, useAccept, useDecline } from "./requests";

interface AnswerProps {
  offer: OfferedQuote;
  token: string;
  chosen: string[];
  total: string;
}

const read = (picture: Blob) =>
  new Promise<string>((resolve, reject) => {
    const reader = new FileReader();
    reader.onload = () => resolve(String(reader.result));
    reader.onerror = () => reject(reader.error);
    reader.readAsDataURL(picture);
  });

export function Answer({ offer, token, chosen, total }: AnswerProps) {
  const { t } = useTranslation();
  const [mode, setMode] = useState<"accept" | "decline" | null>(null);
  const [name, setName] = useState(offer.contact ?? "");
  const [reason, setReason] = useState("");
  const [signature, setSignature] = useState<string | null>(null);
  const accept = useAccept(token);
  const decline = useDecline(token);
  const failure = mode === "accept" ? accept.error : decline.error;
  const { version } = offer;
  if (!mode) {
    return (
      <div className={classes.answer}>
        <Button size="md" leftSection={<Check size={16} />} onClick={() => setMode("accept")}>
          {t("offer.accept")}
        </Button>
        <Button size="md" variant="default" onClick={() => setMode("decline")}>
          {t("offer.decline")}
        </Button>
      </div>
    );
  }
  const amount = formatMoney({ amount: total, currency: offer.arithmetic.currency });
  return (
    <form
      className={classes.form}
      onSubmit={(event) => {
        event.preventDefault();
        if (mode === "accept") accept.mutate({ version, name, chosen, signature });
        else decline.mutate({ version, name, reason });
      }}
    >
      <Stack gap="sm">
        <FormProblem text={failure ? errorMessage(failure) : null} />
        {mode === "accept" && <p className={classes.hint}>{t("offer.accept_text", { total: amount })}</p>}
        <TextInput
          required={mode === "accept"}
          label={t("offer.name")}
          value={name}
          maxLength={100}
          onChange={(event) => setName(event.currentTarget.value)}
        />
        {mode === "decline" && (
          <Textarea
            required
            autosize
            minRows={3}
            maxLength={2000}
            label={t("offer.reason")}
            value={reason}
            onChange={(event) => setReason(event.currentTarget.value)}
          />
        )}
        {mode === "accept" && (
          <div>
            <p className={classes.label}>{t("offer.sign")}</p>
            {signature ? (
              <img className={classes.signature} src={signature} alt={t("offer.signed")} />
            ) : (
              <SignaturePad onKeep={async (picture) => setSignature(await read(picture))} />
            )}
          </div>
        )}
        <Group>
          <Button
            type="submit"
            color={mode === "decline" ? "red" : undefined}
            loading={accept.isPending || decline.isPending}
          >
            {t(mode === "accept" ? "offer.confirm_accept" : "offer.confirm_decline")}
          </Button>
          <Button variant="default" onClick={() => setMode(null)}>
            {t("offer.cancel")}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
