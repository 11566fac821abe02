/** Secrets that flows send to other systems: named, used and replaced here, never shown. */
import { ActionIcon, Button, Group, Modal, PasswordInput, Stack, TextInput } from "@mantine/core";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { KeyRound, Plus, Trash2 } from "lucide-react";
import { type FormEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import type { FlowSecret } from "@/api/types";
import { formatDateTime } from "@/lib/format";
import { useSystemRight } from "@/lib/rights";
import { useSubmit } from "@/lib/use-submit";
import { currentWorkspace } from "@/lib/workspace";
import { ConfirmDanger } from "@/ui/confirm-danger";
import { FormProblem } from "@/ui/form-problem";
import { EmptyState, ErrorState, RowsSkeleton } from "@/ui/states";
import classes from "../automation.module.css";
import { removeSecret, secretsKey, secretsQuery, setSecret } from "./requests";

export function SecretsTab() {
  const { t } = useTranslation();
  const client = useQueryClient();
  const may = useSystemRight("automation");
  const secrets = useQuery(secretsQuery());
  const [writing, setWriting] = useState<FlowSecret | "new" | null>(null);
  const [removing, setRemoving] = useState<FlowSecret | null>(null);
  if (secrets.isError) return <ErrorState error={secrets.error} onRetry={() => secrets.refetch()} />;
  if (secrets.isPending) return <RowsSkeleton rows={4} height={48} />;
  const add = may && (
    <Button variant="default" leftSection={<Plus size={15} />} onClick={() => setWriting("new")}>
      {t("automation.add_secret")}
    </Button>
  );
  return (
    <>
      <div className={classes.filters}>
        <span className={classes.quiet}>{t("automation.secrets_text")}</span>
        <span className={classes.space} />
        {add}
      </div>
      {secrets.data.length === 0 ? (
        <EmptyState title={t("automation.no_secrets")}>{t("automation.no_secrets_text")}</EmptyState>
      ) : (
        <div className={classes.frame}>
          <table className={classes.table}>
            <thead>
              <tr>
                <th>{t("automation.secret")}</th>
                <th>{t("automation.used_in")}</th>
                <th className={classes.secondary}>{t("automation.changed")}</th>
                <th aria-label={t("automation.actions")} />
              </tr>
            </thead>
            <tbody>
              {secrets.data.map((one) => (
                <tr key={one.name}>
                  <td>
                    <div className={classes.name}>{one.name}</div>
                    <div className={classes.quiet}>{one.host}</div>
                    {one.note && <div className={classes.quiet}>{one.note}</div>}
                  </td>
                  <td>
                    {one.used_in.length === 0 ? (
                      <span className={classes.quiet}>{t("automation.used_nowhere")}</span>
                    ) : (
                      one.used_in.map(({ id, title }) => (
                        <div key={id}>
                          <Link
                            className={classes.name}
                            to="/w/$ws/settings/automation/$id"
                            params={{ ws: currentWorkspace(), id }}
                          >
                            {title ?? "—"}
                          </Link>
                        </div>
                      ))
                    )}
                  </td>
                  <td className={classes.secondary}>
                    {formatDateTime(one.updated_at)}
                    <div className={classes.quiet}>{one.updated_by?.title}</div>
                  </td>
                  <td>
                    {may && (
                      <Group gap={4} justify="flex-end" wrap="nowrap">
                        <ActionIcon
                          variant="subtle"
                          color="gray"
                          aria-label={t("automation.replace_secret", { name: one.name })}
                          onClick={() => setWriting(one)}
                        >
                          <KeyRound size={15} />
                        </ActionIcon>
                        <ActionIcon
                          variant="subtle"
                          color="gray"
                          aria-label={t("automation.remove_secret", { name: one.name })}
                          onClick={() => setRemoving(one)}
                        >
                          <Trash2 size={15} />
                        </ActionIcon>
                      </Group>
                    )}
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
      {writing && (
        <SecretDialog known={writing === "new" ? null : writing} onClose={() => setWriting(null)} />
      )}
      <ConfirmDanger
        opened={removing !== null}
        title={t("automation.remove_secret", { name: removing?.name })}
        confirmLabel={t("automation.remove")}
        onConfirm={async () => {
          if (removing) await removeSecret(removing.name);
          await client.invalidateQueries({ queryKey: secretsKey() });
        }}
        onClose={() => setRemoving(null)}
      >
        {t("automation.remove_secret_text")}
      </ConfirmDanger>
    </>
  );
}

function SecretDialog({ known, onClose }: { known: FlowSecret | null; onClose(): void }) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const [name, setName] = useState(known?.name ?? "");
  const [host, setHost] = useState(known?.host ?? "");
  const [note, setNote] = useState(known?.note ?? "");
  const [value, setValue] = useState("");
  const { busy, problem, fields, submit } = useSubmit();
  const save = async (event: FormEvent) => {
    event.preventDefault();
    if (!(await submit(() => setSecret(name.trim(), host.trim(), value, note.trim() || null)))) return;
    await client.invalidateQueries({ queryKey: secretsKey() });
    onClose();
  };
  return (
    <Modal
      opened
      onClose={onClose}
      title={known ? t("automation.replace_secret", { name: known.name }) : t("automation.add_secret")}
    >
      <form onSubmit={save} autoComplete="off">
        <Stack gap="md">
          <FormProblem text={problem} />
          <TextInput
            label={t("automation.secret_name")}
            description={t("automation.secret_name_help")}
            required
            disabled={known !== null}
            maxLength={40}
            value={name}
            error={fields.name}
            onChange={(event) => setName(event.currentTarget.value)}
          />
          <TextInput
            label={t("automation.secret_host")}
            description={t("automation.secret_host_help")}
            required
            value={host}
            error={fields.host}
            onChange={(event) => setHost(event.currentTarget.value)}
          />
          <PasswordInput
            label={t("automation.secret_value")}
            required
            autoComplete="new-password"
            value={value}
            error={fields.value}
            onChange={(event) => setValue(event.currentTarget.value)}
          />
          <TextInput
            label={t("automation.secret_note")}
            maxLength={200}
            value={note}
            onChange={(event) => setNote(event.currentTarget.value)}
          />
          <Group justify="flex-end" gap="xs">
            <Button variant="default" onClick={onClose}>
              {t("ui.cancel")}
            </Button>
            <Button type="submit" loading={busy} disabled={!name.trim() || !host.trim() || !value}>
              {t("ui.save")}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
