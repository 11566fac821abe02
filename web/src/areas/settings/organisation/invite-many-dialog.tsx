/** Invitations to several people who were only entered so far: who gets one, how far it is, what came of it. */
import { Button, Checkbox, CopyButton, Group, Modal, Progress, Stack } from "@mantine/core";
import { useQueryClient } from "@tanstack/react-query";
import { Check, Copy } from "lucide-react";
import { useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import type { InvitedMember } from "@/api/types";
import { errorMessage } from "@/lib/error-message";
import { formatNumber } from "@/lib/format";
import { recordKeys, runAction } from "@/lib/records";
import type { Member } from "../people";
import classes from "./organisation.module.css";

/** What became of one invitation; without mail there is a link to pass on. */
interface Sent {
  member: Member;
  link?: string;
  problem?: string;
}

export function InviteManyDialog({ members, onClose }: { members: Member[]; onClose(): void }) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const [chosen, setChosen] = useState<ReadonlySet<string>>(
    () => new Set(members.filter((one) => !lackOf(one)).map(({ id }) => id)),
  );
  const [sent, setSent] = useState<Sent[]>([]);
  const [total, setTotal] = useState(0);
  const [busy, setBusy] = useState(false);
  const stopped = useRef(false);

  const send = async () => {
    const asked = members.filter(({ id }) => chosen.has(id));
    stopped.current = false;
    setTotal(asked.length);
    setBusy(true);
    for (const member of asked) {
      if (stopped.current) break;
      const one = await invite(member);
      setSent((before) => [...before, one]);
    }
    setBusy(false);
    await client.invalidateQueries({ queryKey: recordKeys.of("member") });
  };
  const close = () => {
    stopped.current = true;
    onClose();
  };
  const tick = (id: string, on: boolean) => {
    const next = new Set(chosen);
    if (on) next.add(id);
    else next.delete(id);
    setChosen(next);
  };
  return (
    <Modal opened onClose={close} title={t("organisation.invite_many_title")} size={560}>
      {total === 0 ? (
        <>
          <p className={classes.lead}>{t("organisation.invite_many_text")}</p>
          <ul className={classes.picks}>
            {members.map((member) => {
              const lack = lackOf(member);
              return (
                <li key={member.id} className={classes.line}>
                  <Checkbox
                    disabled={lack !== null}
                    checked={chosen.has(member.id)}
                    label={member.name}
                    description={lack ? t(`organisation.lacks_${lack}`) : member.email}
                    onChange={(event) => tick(member.id, event.currentTarget.checked)}
                  />
                </li>
              );
            })}
          </ul>
          <Group justify="flex-end" gap="xs">
            <Button variant="default" onClick={close}>
              {t("ui.cancel")}
            </Button>
            <Button disabled={chosen.size === 0} onClick={send}>
              {t("organisation.invite_many_do", { count: chosen.size, shown: formatNumber(chosen.size) })}
            </Button>
          </Group>
        </>
      ) : (
        <Outcome
          sent={sent}
          total={total}
          busy={busy}
          onStop={() => {
            stopped.current = true;
          }}
          onClose={close}
        />
      )}
    </Modal>
  );
}

function Outcome({
  sent,
  total,
  busy,
  onStop,
  onClose,
}: {
  sent: Sent[];
  total: number;
  busy: boolean;
  onStop(): void;
  onClose(): void;
}) {
  const { t } = useTranslation();
  const good = sent.filter(({ problem }) => !problem);
  const links = good.filter(({ link }) => link);
  const told = sent.filter(({ link, problem }) => link || problem);
  const done = { done: formatNumber(good.length), total: formatNumber(total) };
  return (
    <Stack gap="sm">
      <div aria-live="polite">
        {t(busy ? "organisation.inviting" : "organisation.invited_many", done)}
        {busy && (
          <Progress
            mt="xs"
            value={(sent.length / total) * 100}
            animated
            aria-label={t("organisation.invite_many_title")}
          />
        )}
      </div>
      {links.length > 0 && <p className={classes.lead}>{t("organisation.links_text")}</p>}
      {told.length > 0 && (
        <ul className={classes.picks}>
          {told.map(({ member, link, problem }) => (
            <li key={member.id} className={classes.line}>
              <span className={classes.words}>
                <span className={classes.strong}>{member.name}</span>
                <span className={problem ? classes.problem : classes.link}>{problem ?? link}</span>
              </span>
              {link && <CopyLink text={link} label={t("settings.link_copy")} />}
            </li>
          ))}
        </ul>
      )}
      <Group justify="flex-end" gap="xs">
        {busy ? (
          <Button variant="default" onClick={onStop}>
            {t("organisation.stop")}
          </Button>
        ) : (
          <>
            {links.length > 1 && (
              <CopyLink
                text={links.map(({ member, link }) => `${member.name}\t${link}`).join("\n")}
                label={t("organisation.copy_links")}
              />
            )}
            <Button onClick={onClose}>{t("organisation.close")}</Button>
          </>
        )}
      </Group>
    </Stack>
  );
}

function CopyLink({ text, label }: { text: string; label: string }) {
  const { t } = useTranslation();
  return (
    <CopyButton value={text}>
      {({ copied, copy }) => (
        <Button
          variant="default"
          flex="none"
          leftSection={copied ? <Check size={16} /> : <Copy size={16} />}
          onClick={copy}
        >
          {copied ? t("settings.link_copied") : label}
        </Button>
      )}
    </CopyButton>
  );
}

/** What a person needs before an invitation makes sense. */
const lackOf = (member: Member): "email" | "role" | null =>
  !member.email ? "email" : member.roles.length === 0 ? "role" : null;

async function invite(member: Member): Promise<Sent> {
  try {
    const { result } = await runAction<InvitedMember>("identity/resend-invitation", { member: member.id });
    return { member, link: result.link };
  } catch (error) {
    return { member, problem: errorMessage(error) };
  }
}
