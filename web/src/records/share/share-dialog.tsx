/** With whom a record is shared: people and departments, at which level, and the way to end it. */
import { ActionIcon, Button, Modal, SegmentedControl, Select, Stack, Text } from "@mantine/core";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { Network, X } from "lucide-react";
import { type FormEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import type { CatalogObject, RecordRow, RecordShares, Reference, Share } from "@/api/types";
import { useObject } from "@/lib/catalog";
import { recordKeys } from "@/lib/records";
import { useSubmit } from "@/lib/use-submit";
import { Avatar } from "@/ui/avatar";
import { FormProblem } from "@/ui/form-problem";
import { ErrorState, RowsSkeleton } from "@/ui/states";
import { referenceText } from "../field-kinds/parts/reference";
import { RecordPicker } from "../lookup/record-picker";
import { endShare, type ReceiverKind, type ShareLevel, shareRecord, sharesQuery } from "./requests";
import classes from "./share.module.css";

export function ShareDialog({
  object,
  record,
  title,
  onClose,
}: {
  object: CatalogObject;
  record: RecordRow;
  title: string;
  onClose(): void;
}) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const query = useQuery(sharesQuery(object.key, record.id));
  const { busy, problem, fields, submit } = useSubmit();

  /** Sends a change; what it answers stands on screen at once, and the timeline tells of it. */
  const change = (send: () => Promise<RecordShares>) =>
    submit(async () => {
      client.setQueryData(sharesQuery(object.key, record.id).queryKey, await send());
      await client.invalidateQueries({ queryKey: recordKeys.timeline(object.key, record.id) });
    });
  const give = (kind: ReceiverKind, receiver: string, level: ShareLevel) =>
    change(() => shareRecord(object.key, record.id, kind, receiver, level));

  const owner = record.owner as Reference | null | undefined;
  return (
    <Modal opened onClose={onClose} title={t("share.title", { title })} size={520}>
      {query.isError ? (
        <ErrorState compact error={query.error} onRetry={() => query.refetch()} />
      ) : query.isPending ? (
        <RowsSkeleton rows={3} height={44} />
      ) : (
        <Stack gap="sm">
          <FormProblem text={problem ?? Object.values(fields)[0] ?? null} />
          {query.data.may_share ? (
            <NewShare busy={busy} known={query.data.shares} owner={owner?.id} onGive={give} />
          ) : (
            <Text size="sm" c="dimmed">
              {t("share.not_yours")}
            </Text>
          )}
          <ul className={classes.list} aria-label={t("share.who")}>
            {owner && (
              <li className={classes.row}>
                <Avatar name={owner.title ?? ""} size={28} />
                <span className={classes.name}>{referenceText(owner)}</span>
                <span className={classes.word}>{t("share.owner")}</span>
              </li>
            )}
            {query.data.shares.map((share) => (
              <ShareRow
                key={share.id}
                share={share}
                editable={query.data.may_share}
                busy={busy}
                onLevel={(level) => give(share.kind, share.receiver.id, level)}
                onEnd={() => change(() => endShare(object.key, record.id, share.id))}
              />
            ))}
          </ul>
          {query.data.shares.length === 0 && (
            <Text size="sm" c="dimmed">
              {t("share.nobody")}
            </Text>
          )}
        </Stack>
      )}
    </Modal>
  );
}

function NewShare({
  busy,
  known,
  owner,
  onGive,
}: {
  busy: boolean;
  known: Share[];
  owner: string | undefined;
  onGive(kind: ReceiverKind, receiver: string, level: ShareLevel): Promise<boolean>;
}) {
  const { t } = useTranslation();
  const [kind, setKind] = useState<ReceiverKind>("member");
  const [receiver, setReceiver] = useState<Reference | null>(null);
  const [level, setLevel] = useState<ShareLevel>("read");
  const object = useObject(kind);
  const without = [...known.map((share) => share.receiver.id), ...(owner ? [owner] : [])];
  const give = async (event: FormEvent) => {
    event.preventDefault();
    if (receiver && (await onGive(kind, receiver.id, level))) setReceiver(null);
  };
  return (
    <form className={classes.add} onSubmit={give}>
      <SegmentedControl
        aria-label={t("share.kind")}
        data={[
          { value: "member", label: t("share.member") },
          { value: "department", label: t("share.department") },
        ]}
        value={kind}
        onChange={(next) => {
          setKind(next as ReceiverKind);
          setReceiver(null);
        }}
      />
      <div className={classes.addRow}>
        <div className={classes.picker}>
          {object && (
            <RecordPicker
              key={kind}
              object={object}
              people={kind === "member"}
              value={receiver}
              onPick={setReceiver}
              without={without}
              where={kind === "member" ? { field: "status", op: "ne", value: "left" } : null}
              aria-label={t("share.receiver")}
              placeholder={t(`share.choose_${kind}`)}
              clearable
            />
          )}
        </div>
        <LevelSelect value={level} onChange={setLevel} />
        <Button type="submit" disabled={!receiver} loading={busy}>
          {t("share.give")}
        </Button>
      </div>
      <Text size="xs" c="dimmed">
        {t(kind === "department" ? "share.department_text" : "share.member_text")}
      </Text>
    </form>
  );
}

function ShareRow({
  share,
  editable,
  busy,
  onLevel,
  onEnd,
}: {
  share: Share;
  editable: boolean;
  busy: boolean;
  onLevel(level: ShareLevel): void;
  onEnd(): void;
}) {
  const { t } = useTranslation();
  const name = referenceText(share.receiver);
  return (
    <li className={classes.row}>
      {share.kind === "member" ? (
        <Avatar name={name} size={28} />
      ) : (
        <span className={classes.sign}>
          <Network size={15} strokeWidth={1.75} aria-hidden />
        </span>
      )}
      <span className={classes.name}>
        {name}
        {share.kind === "department" && <span className={classes.detail}>{t("share.with_below")}</span>}
      </span>
      {editable ? (
        <>
          <LevelSelect value={share.level} onChange={onLevel} of={name} disabled={busy} />
          <ActionIcon
            variant="subtle"
            color="gray"
            disabled={busy}
            aria-label={t("share.end", { name })}
            onClick={onEnd}
          >
            <X size={16} />
          </ActionIcon>
        </>
      ) : (
        <span className={classes.word}>{t(`share.level_${share.level}`)}</span>
      )}
    </li>
  );
}

function LevelSelect({
  value,
  onChange,
  of,
  disabled,
}: {
  value: ShareLevel;
  onChange(level: ShareLevel): void;
  of?: string;
  disabled?: boolean;
}) {
  const { t } = useTranslation();
  return (
    <Select
      className={classes.level}
      aria-label={of ? t("share.level_of", { name: of }) : t("share.level")}
      data={(["read", "edit"] as const).map((level) => ({ value: level, label: t(`share.level_${level}`) }))}
      allowDeselect={false}
      disabled={disabled}
      value={value}
      onChange={(next) => next && next !== value && onChange(next as ShareLevel)}
    />
  );
}
