/** Who can see a record and why, and for one person why they can or cannot. */
import { Button, Modal, Stack, Text } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { ArrowLeft, Ban, Check, CircleHelp, type LucideIcon } from "lucide-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { AccessReason, CatalogObject, PersonAccess, RecordRow, Reference } from "@/api/types";
import { useObject } from "@/lib/catalog";
import { formatNumber } from "@/lib/format";
import { Avatar } from "@/ui/avatar";
import { Chip } from "@/ui/chip";
import { ErrorState, RowsSkeleton } from "@/ui/states";
import { referenceText } from "../field-kinds/parts/reference";
import { RecordPicker } from "../lookup/record-picker";
import classes from "../share/share.module.css";
import { accessQuery } from "./requests";

export function ExplainDialog({
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
  const people = useObject("member");
  const [person, setPerson] = useState<Reference | null>(null);
  const answer = useQuery(accessQuery(object.key, record.id, person?.id ?? null));
  return (
    <Modal opened onClose={onClose} title={t("explain.title", { title })} size={640}>
      <Stack gap="sm">
        {people && (
          <RecordPicker
            object={people}
            people
            value={person}
            onPick={setPerson}
            where={{ field: "status", op: "ne", value: "left" }}
            aria-label={t("explain.person")}
            placeholder={t("explain.placeholder")}
            clearable
          />
        )}
        {answer.isError ? (
          <ErrorState compact error={answer.error} onRetry={() => answer.refetch()} />
        ) : answer.isPending ? (
          <RowsSkeleton rows={5} height={52} />
        ) : person ? (
          <OnePerson person={answer.data.people[0]} onBack={() => setPerson(null)} />
        ) : (
          <Everybody
            people={answer.data.people}
            total={answer.data.count}
            onChoose={(member) => setPerson(member)}
          />
        )}
      </Stack>
    </Modal>
  );
}

function Everybody({
  people,
  total,
  onChoose,
}: {
  people: PersonAccess[];
  total: number;
  onChoose(member: Reference): void;
}) {
  const { t } = useTranslation();
  return (
    <>
      <Text size="sm" c="dimmed">
        {t("explain.count", { count: total, number: formatNumber(total) })}
      </Text>
      <ul className={classes.list} aria-label={t("explain.who")}>
        {people.map((one) => (
          <li key={one.member.id} className={classes.personRow}>
            <Avatar name={one.member.title ?? ""} size={28} />
            <span className={classes.reasons}>
              <button type="button" className={classes.person} onClick={() => onChoose(one.member)}>
                {referenceText(one.member)}
              </button>
              {one.department && <span className={classes.detail}>{referenceText(one.department)}</span>}
              <span className={classes.because}>
                {one.why.map(({ text }) => text).join(t("explain.reasons_join"))}
              </span>
            </span>
            <Verbs person={one} />
          </li>
        ))}
      </ul>
      {total > people.length && (
        <Text size="xs" c="dimmed">
          {t("explain.more", { count: total - people.length })}
        </Text>
      )}
    </>
  );
}

function Verbs({ person }: { person: PersonAccess }) {
  const { t } = useTranslation();
  return (
    <Chip hue={person.edits ? "blue" : "slate"}>{t(person.edits ? "explain.edits" : "explain.reads")}</Chip>
  );
}

function OnePerson({ person, onBack }: { person: PersonAccess | undefined; onBack(): void }) {
  const { t } = useTranslation();
  if (!person) return null;
  const name = referenceText(person.member);
  return (
    <Stack gap="xs">
      <div className={classes.verdict} data-can={person.reads || undefined}>
        {person.reads ? <Check size={18} aria-hidden /> : <Ban size={18} aria-hidden />}
        <span>
          {t(person.edits ? "explain.can_edit" : person.reads ? "explain.can_read" : "explain.cannot_read", {
            name,
          })}
        </span>
      </div>
      <Reasons title={t("explain.because")} reasons={person.why} icon={Check} />
      <Reasons title={t("explain.taken_by")} reasons={person.taken} icon={Ban} />
      <Reasons title={t("explain.would_need")} reasons={person.missing} icon={CircleHelp} />
      <div>
        <Button variant="subtle" size="compact-sm" leftSection={<ArrowLeft size={14} />} onClick={onBack}>
          {t("explain.all")}
        </Button>
      </div>
    </Stack>
  );
}

function Reasons({
  title,
  reasons,
  icon: Icon,
}: {
  title: string;
  reasons: AccessReason[];
  icon: LucideIcon;
}) {
  if (reasons.length === 0) return null;
  return (
    <section>
      <h3 className={classes.reasonTitle}>{title}</h3>
      <ul className={classes.reasonList}>
        {reasons.map((reason) => (
          <li key={reason.kind + reason.text}>
            <Icon size={14} aria-hidden />
            <span>{reason.text}</span>
          </li>
        ))}
      </ul>
    </section>
  );
}
