/** Connecting a mailbox, or changing how it is read; tried before it is saved. */
import {
  Alert,
  Button,
  Group,
  Input,
  Modal,
  NumberInput,
  PasswordInput,
  Select,
  Stack,
  TextInput,
} from "@mantine/core";
import { type FormEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import type { Mailboxes, MailboxRow, MailboxTried, Reference } from "@/api/types";
import { useObject } from "@/lib/catalog";
import { useSubmit } from "@/lib/use-submit";
import { RecordPicker } from "@/records/lookup/record-picker";
import { FormProblem } from "@/ui/form-problem";
import { type MailboxValues, saveMailbox, tryMailbox } from "./requests";

const PORTS: Record<string, number> = { tls: 993, starttls: 143, none: 143 };
const AT_WORK = { field: "status", op: "ne", value: "left" };

export function MailboxDialog({
  known,
  plain,
  onSaved,
  onClose,
}: {
  known: MailboxRow | null;
  /** Whether connections without encryption are allowed here. */
  plain: boolean;
  onSaved(told: Mailboxes): void;
  onClose(): void;
}) {
  const { t } = useTranslation();
  const people = useObject("member");
  const [values, setValues] = useState<MailboxValues>({
    mailbox: known?.id ?? null,
    name: known?.name ?? "",
    host: known?.host ?? "",
    port: known?.port ?? PORTS.tls ?? 993,
    security: known?.security ?? "tls",
    user: known?.user ?? "",
    password: null,
    folder: known?.folder ?? "INBOX",
    owner: known?.owner?.id ?? null,
    days: known?.days ?? 0,
  });
  const [owner, setOwner] = useState<Reference | null>(known?.owner ?? null);
  const [tried, setTried] = useState<MailboxTried | null>(null);
  const { busy, problem, fields, submit } = useSubmit();
  const set = (change: Partial<MailboxValues>) => {
    setTried(null);
    setValues((before) => ({ ...before, ...change }));
  };
  const text = (name: "name" | "host" | "user" | "folder") => ({
    label: t(`mailboxes.${name}`),
    required: true,
    value: values[name],
    error: fields[name],
    onChange: (event: { currentTarget: { value: string } }) => set({ [name]: event.currentTarget.value }),
  });
  const onSubmit = async (event: FormEvent) => {
    event.preventDefault();
    await submit(async () => onSaved(await saveMailbox(values)));
  };
  const onTry = () => submit(async () => setTried(await tryMailbox(values)));

  return (
    <Modal
      opened
      onClose={onClose}
      title={t(known ? "mailboxes.edit_title" : "mailboxes.connect", { name: known?.name })}
      size={520}
    >
      <form onSubmit={onSubmit}>
        <Stack gap="sm">
          <FormProblem text={problem} />
          {tried && (
            <Alert color="green" role="status">
              {t("mailboxes.works", { folder: tried.folder, count: tried.recent })}
            </Alert>
          )}
          <TextInput {...text("name")} data-autofocus placeholder={t("mailboxes.name_example")} />
          <Group align="flex-start" gap="sm">
            <TextInput {...text("host")} flex="1 1 200px" placeholder="imap.example.com" />
            <Select
              label={t("mailboxes.security")}
              w={130}
              allowDeselect={false}
              data={["tls", "starttls", ...(plain ? ["none"] : [])].map((value) => ({
                value,
                label: t(`mailboxes.security_${value}`),
              }))}
              value={values.security}
              error={fields.security}
              onChange={(security) => security && set({ security, port: PORTS[security] ?? 993 })}
            />
            <NumberInput
              label={t("mailboxes.port")}
              w={84}
              hideControls
              allowDecimal={false}
              min={1}
              max={65535}
              value={values.port}
              error={fields.port}
              onChange={(port) => set({ port: Number(port) || 0 })}
            />
          </Group>
          <TextInput {...text("user")} autoComplete="off" placeholder="sales@example.com" />
          <PasswordInput
            label={t("mailboxes.password")}
            description={t(known ? "mailboxes.password_kept" : "mailboxes.password_about")}
            autoComplete="new-password"
            required={!known}
            value={values.password ?? ""}
            error={fields.password}
            onChange={(event) => set({ password: event.currentTarget.value || null })}
          />
          <Group grow align="flex-start" gap="sm" preventGrowOverflow={false}>
            <TextInput {...text("folder")} miw={160} description={t("mailboxes.folder_about")} />
            <NumberInput
              label={t("mailboxes.days")}
              description={t("mailboxes.days_about")}
              miw={160}
              allowDecimal={false}
              min={0}
              max={365}
              value={values.days}
              error={fields.days}
              onChange={(days) => set({ days: Number(days) || 0 })}
            />
          </Group>
          {people && (
            <Input.Wrapper
              label={t("mailboxes.owner")}
              description={t("mailboxes.owner_about")}
              error={fields.owner}
              styles={{ description: { marginBottom: 5 } }}
            >
              <RecordPicker
                object={people}
                people
                clearable
                value={owner}
                where={AT_WORK}
                onPick={(one) => {
                  setOwner(one);
                  set({ owner: one?.id ?? null });
                }}
                aria-label={t("mailboxes.owner")}
              />
            </Input.Wrapper>
          )}
          <Group justify="space-between" gap="xs" mt="xs">
            <Button variant="default" onClick={onTry} loading={busy}>
              {t("mailboxes.try")}
            </Button>
            <Group gap="xs">
              <Button variant="default" onClick={onClose}>
                {t("ui.cancel")}
              </Button>
              <Button type="submit" loading={busy}>
                {t("ui.save")}
              </Button>
            </Group>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
