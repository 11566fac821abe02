/** With whom a record is shared: people, departments and roles, at which level and until when, and the way to end it. */
import { ActionIcon, Button, Modal, SegmentedControl, Select, Stack, Text } from "@mantine/core";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { Network, ShieldHalf, X } from "lucide-react";
import { type FormEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import type { CatalogObject, RecordRow, RecordShares, Reference, Share } from "@/api/types";
import { findObject, useCatalog, useObject } from "@/lib/catalog";
import { label } from "@/lib/label";
import { recordKeys } from "@/lib/records";
import { useSubmit } from "@/lib/use-submit";
import { Avatar } from "@/ui/avatar";
import { FormProblem } from "@/ui/form-problem";
import { ErrorState, RowsSkeleton } from "@/ui/states";
import { referenceText } from "../field-kinds/parts/reference";
import { RecordPicker } from "../lookup/record-picker";
import { EndInput, EndsChip } from "./end-input";
import {
  endShare,
  type Given,
  type ReceiverKind,
  type ShareLevel,
  shareRecord,
  sharesQuery,
} from "./requests";
import classes from "./share.module.css";

const KINDS: readonly ReceiverKind[] = ["member", "department", "role"];

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
  const give = (kind: ReceiverKind, receiver: string, given: Given) =>
    change(() => shareRecord(object.key, record.id, kind, receiver, given));

  const owner = record.owner as Reference | null | undefined;
  return (
    <Modal opened onClose={onClose} title={t("share.title", { title })} size={560}>
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
          <Reaches objects={query.data.reaches} />
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
                onChange={(given) => give(share.kind, share.receiver.id, given)}
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

/** What is shared along with the record. */
function Reaches({ objects }: { objects: string[] }) {
  const { t } = useTranslation();
  const catalog = useCatalog();
  const names = objects.flatMap((key) => label(findObject(catalog, key)?.plural) || []);
  return (
    <Text size="xs" c="dimmed">
      {names.length > 0
        ? t("share.reaches", { objects: names.join(t("share.join")) })
        : t("share.reaches_nothing")}
    </Text>
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
  onGive(kind: ReceiverKind, receiver: string, given: Given): Promise<boolean>;
}) {
  const { t } = useTranslation();
  const catalog = useCatalog();
  const [kind, setKind] = useState<ReceiverKind>("member");
  const [receiver, setReceiver] = useState<Reference | null>(null);
  const [level, setLevel] = useState<ShareLevel>("read");
  const [until, setUntil] = useState<string | null>(null);
  const object = useObject(kind);
  const without = [...known.map((share) => share.receiver.id), ...(owner ? [owner] : [])];
  const give = async (event: FormEvent) => {
    event.preventDefault();
    if (!receiver || !(await onGive(kind, receiver.id, { level, expires_at: until }))) return;
    setReceiver(null);
    setUntil(null);
  };
  return (
    <form className={classes.add} onSubmit={give}>
      <SegmentedControl
        aria-label={t("share.kind")}
        data={KINDS.filter((each) => findObject(catalog, each)).map((each) => ({
          value: each,
          label: t(`share.${each}`),
        }))}
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
      <EndInput value={until} onChange={setUntil} />
      <Text size="xs" c="dimmed">
        {t(`share.${kind}_text`)}
      </Text>
    </form>
  );
}

function ShareRow({
  share,
  editable,
  busy,
  onChange,
  onEnd,
}: {
  share: Share;
  editable: boolean;
  busy: boolean;
  onChange(given: Given): void;
  onEnd(): void;
}) {
  const { t } = useTranslation();
  const name = referenceText(share.receiver);
  const Sign = share.kind === "role" ? ShieldHalf : Network;
  return (
    <li className={classes.row}>
      {share.kind === "member" ? (
        <Avatar name={name} size={28} />
      ) : (
        <span className={classes.sign}>
          <Sign size={15} strokeWidth={1.75} aria-hidden />
        </span>
      )}
      <span className={classes.name}>
        <span className={classes.receiver}>{name}</span>
        {share.kind !== "member" && (
          <span className={classes.detail}>
            {t(share.kind === "department" ? "share.with_below" : "share.all_with_role")}
          </span>
        )}
        <EndsChip
          value={share.expires_at}
          name={name}
          editable={editable && !busy}
          onChange={(expires_at) => onChange({ level: share.level, expires_at })}
        />
      </span>
      {editable ? (
        <>
          <LevelSelect
            value={share.level}
            onChange={(level) => onChange({ level, expires_at: share.expires_at })}
            of={name}
            disabled={busy}
          />
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
