/** Mailboxes whose mails become messages: how reading goes, connected, changed, paused, removed. */
import { ActionIcon, Button, Menu } from "@mantine/core";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { Ellipsis, Pause, Pencil, Play, Plus, RefreshCw, Trash2 } from "lucide-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { MailboxRow } from "@/api/types";
import { formatRelative } from "@/lib/format";
import { usePageTitle } from "@/lib/use-page-title";
import { Chip } from "@/ui/chip";
import { ConfirmDanger } from "@/ui/confirm-danger";
import { Page, PageHeader } from "@/ui/page";
import { EmptyState, ErrorState, RowsSkeleton } from "@/ui/states";
import { toastError, toastSuccess } from "@/ui/toast";
import { MailboxDialog } from "./mailbox-dialog";
import classes from "./mailboxes.module.css";
import { actOnMailbox, mailboxesKey, mailboxesQuery } from "./requests";

const HUES = { paused: "slate", problem: "red", read: "green", waiting: "amber" } as const;

export function MailboxesPage() {
  const { t } = useTranslation();
  const client = useQueryClient();
  const found = useQuery(mailboxesQuery(true));
  const [editing, setEditing] = useState<MailboxRow | "new" | null>(null);
  const [leaving, setLeaving] = useState<MailboxRow | null>(null);
  usePageTitle(t("mailboxes.title"));

  const act = async (verb: Parameters<typeof actOnMailbox>[0], one: MailboxRow, active?: boolean) => {
    try {
      const told = await actOnMailbox(verb, { mailbox: one.id, ...(active === undefined ? {} : { active }) });
      client.setQueryData(mailboxesKey(), told);
      if (verb === "read-mailbox") toastSuccess(t("mailboxes.is_read", { name: one.name }));
      if (verb === "remove-mailbox") toastSuccess(t("mailboxes.removed", { name: one.name }));
    } catch (error) {
      toastError(error);
    }
  };
  const connect = found.data && (
    <Button leftSection={<Plus size={16} />} onClick={() => setEditing("new")}>
      {t("mailboxes.connect")}
    </Button>
  );
  const rows = found.data?.mailboxes ?? [];

  return (
    <Page width={1080} header={<PageHeader title={t("mailboxes.title")} actions={connect} />}>
      <p className={classes.remark}>{t("mailboxes.about")}</p>
      {found.isError ? (
        <ErrorState error={found.error} onRetry={() => found.refetch()} />
      ) : found.isPending ? (
        <RowsSkeleton rows={3} height={72} />
      ) : rows.length === 0 ? (
        <EmptyState title={t("mailboxes.none")}>{t("mailboxes.none_text")}</EmptyState>
      ) : (
        <ul className={classes.list}>
          {rows.map((one) => (
            <Row
              key={one.id}
              one={one}
              onEdit={() => setEditing(one)}
              onRead={() => act("read-mailbox", one)}
              onSwitch={() => act("switch-mailbox", one, !one.active)}
              onRemove={() => setLeaving(one)}
            />
          ))}
        </ul>
      )}
      {editing && found.data && (
        <MailboxDialog
          known={editing === "new" ? null : editing}
          plain={found.data.plain}
          onSaved={(told) => {
            client.setQueryData(mailboxesKey(), told);
            setEditing(null);
          }}
          onClose={() => setEditing(null)}
        />
      )}
      <ConfirmDanger
        opened={leaving !== null}
        title={t("mailboxes.remove_title", { name: leaving?.name })}
        confirmLabel={t("mailboxes.remove")}
        onClose={() => setLeaving(null)}
        onConfirm={async () => {
          if (leaving) await act("remove-mailbox", leaving);
          setLeaving(null);
        }}
      >
        {t("mailboxes.remove_text")}
      </ConfirmDanger>
    </Page>
  );
}

function Row({
  one,
  onEdit,
  onRead,
  onSwitch,
  onRemove,
}: {
  one: MailboxRow;
  onEdit(): void;
  onRead(): void;
  onSwitch(): void;
  onRemove(): void;
}) {
  const { t } = useTranslation();
  const state = !one.active ? "paused" : one.problem ? "problem" : one.read_at ? "read" : "waiting";
  const hue = HUES[state];
  const facts = [
    one.read_at ? t("mailboxes.last_read", { when: formatRelative(one.read_at) }) : t("mailboxes.never_read"),
    t("mailboxes.received", { count: one.received }),
    one.owner && t("mailboxes.looked_after", { name: one.owner.title ?? "—" }),
  ].filter(Boolean);
  return (
    <li className={classes.row}>
      <div className={classes.main}>
        <div className={classes.head}>
          <button type="button" className={classes.name} onClick={onEdit}>
            {one.name}
          </button>
          <Chip hue={hue} dot>
            {t(`mailboxes.state_${state}`)}
          </Chip>
        </div>
        <div className={classes.quiet}>
          {one.user} · {one.host}:{one.port} · {one.folder}
        </div>
        <div className={classes.quiet}>{facts.join(" · ")}</div>
        {one.problem && (
          <p className={classes.problem} role="alert">
            {one.problem.message}
          </p>
        )}
        {one.unreadable > 0 && (
          <p className={classes.quiet}>{t("mailboxes.unreadable", { count: one.unreadable })}</p>
        )}
      </div>
      <Menu position="bottom-end">
        <Menu.Target>
          <ActionIcon
            variant="subtle"
            color="gray"
            aria-label={t("mailboxes.actions_of", { name: one.name })}
          >
            <Ellipsis size={16} />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item leftSection={<Pencil size={14} />} onClick={onEdit}>
            {t("mailboxes.edit")}
          </Menu.Item>
          {one.active && (
            <Menu.Item leftSection={<RefreshCw size={14} />} onClick={onRead}>
              {t("mailboxes.read_now")}
            </Menu.Item>
          )}
          <Menu.Item leftSection={one.active ? <Pause size={14} /> : <Play size={14} />} onClick={onSwitch}>
            {t(one.active ? "mailboxes.pause" : "mailboxes.resume")}
          </Menu.Item>
          <Menu.Divider />
          <Menu.Item color="red" leftSection={<Trash2 size={14} />} onClick={onRemove}>
            {t("mailboxes.remove")}
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
    </li>
  );
}
