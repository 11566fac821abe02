/** A new address for the customer, told once. */
import { Button, CopyButton, Group, Modal, Stack, TextInput } from "@mantine/core";
import { Check, Copy } from "lucide-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { RecordRow, Reference } from "@/api/types";
import { errorMessage } from "@/lib/error-message";
import { FormProblem } from "@/ui/form-problem";
import { useShareQuote } from "../requests";
import classes from "./quotes.module.css";

const DAYS = 60;
const DAY_MS = 24 * 60 * 60 * 1000;
const inDays = (days: number) => new Date(Date.now() + days * DAY_MS).toISOString().slice(0, 10);

export function ShareDialog({ quote, onClose }: { quote: RecordRow; onClose(): void }) {
  const { t } = useTranslation();
  const share = useShareQuote();
  const [name, setName] = useState((quote.contact as Reference | null)?.title ?? "");
  const [until, setUntil] = useState(() => inDays(DAYS));
  const path = share.data?.result.path;
  const address = path ? `${window.location.origin}${path}` : "";
  const create = () =>
    share.mutate({
      quote: quote.id,
      name: name.trim() || null,
      expires_at: until ? new Date(`${until}T23:59:59`).toISOString() : null,
    });
  return (
    <Modal opened onClose={onClose} title={t("quotes.link_ready")} size={520}>
      <Stack gap="sm">
        <p className={classes.hint}>{t("quotes.link_hint")}</p>
        <FormProblem text={share.isError ? errorMessage(share.error) : null} />
        {address ? (
          <>
            <TextInput
              readOnly
              aria-label={t("quotes.link_ready")}
              value={address}
              onFocus={(event) => event.currentTarget.select()}
            />
            <Group justify="flex-end">
              <CopyButton value={address}>
                {({ copied, copy }) => (
                  <Button leftSection={copied ? <Check size={14} /> : <Copy size={14} />} onClick={copy}>
                    {t(copied ? "quotes.copied" : "quotes.copy")}
                  </Button>
                )}
              </CopyButton>
            </Group>
          </>
        ) : (
          <>
            <TextInput
              label={t("quotes.link_for")}
              value={name}
              maxLength={100}
              onChange={(event) => setName(event.currentTarget.value)}
            />
            <TextInput
              type="date"
              label={t("quotes.expires_at")}
              value={until}
              onChange={(event) => setUntil(event.currentTarget.value)}
            />
            <Group justify="flex-end">
              <Button variant="default" onClick={onClose}>
                {t("quotes.cancel")}
              </Button>
              <Button loading={share.isPending} onClick={create}>
                {t("quotes.create_link")}
              </Button>
            </Group>
          </>
        )}
      </Stack>
    </Modal>
  );
}
