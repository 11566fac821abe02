/** The look before a change of access is saved: which records it opens and closes, and for whom; which fields; which rights. */
import { Alert, Button, Group, Loader, Modal, Stack, Text } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import {
  ChevronDown,
  ChevronRight,
  Eye,
  EyeOff,
  type LucideIcon,
  Minus,
  Plus,
  TriangleAlert,
} from "lucide-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { AccessChange, AccessWay, RecordsChange, Reference, Simulation } from "@/api/types";
import { ApiError } from "@/lib/api";
import { errorMessage } from "@/lib/error-message";
import { formatNumber } from "@/lib/format";
import { useSubmit } from "@/lib/use-submit";
import { referenceText } from "@/records/field-kinds/parts/reference";
import { FormProblem } from "@/ui/form-problem";
import { simulationQuery } from "./requests";
import classes from "./review-dialog.module.css";
import shared from "./roles.module.css";

export function ReviewDialog({
  title,
  changes,
  confirmLabel,
  onConfirm,
  onClose,
}: {
  title: string;
  changes: readonly AccessChange[];
  confirmLabel: string;
  /** Saves; a refusal rejects and is told here. */
  onConfirm(): Promise<unknown>;
  onClose(): void;
}) {
  const { t } = useTranslation();
  const found = useQuery(simulationQuery(changes));
  const { busy, problem, fields, submit } = useSubmit();
  // What the server refuses to try it will refuse to save; where it could not count, the change may still be made.
  const refused = found.error instanceof ApiError && found.error.status >= 400 && found.error.status < 500;
  const confirm = async () => {
    if (await submit(onConfirm)) onClose();
  };
  return (
    <Modal opened onClose={onClose} title={title} size={640}>
      <Stack gap="md">
        <FormProblem text={problem ?? Object.values(fields)[0] ?? null} />
        {found.isPending ? (
          <Group gap="sm" py="lg" justify="center">
            <Loader size={18} />
            <Text size="sm" c="dimmed">
              {t("roles.counting")}
            </Text>
          </Group>
        ) : found.isError ? (
          <Alert
            color={refused ? "red" : "orange"}
            variant="light"
            icon={<TriangleAlert size={16} />}
            role="alert"
          >
            {errorMessage(found.error)}
            {!refused && <div>{t("roles.not_counted")}</div>}
          </Alert>
        ) : (
          <Found simulation={found.data} />
        )}
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={onClose}>
            {t("roles.back")}
          </Button>
          <Button onClick={confirm} loading={busy} disabled={found.isPending || refused} data-autofocus>
            {confirmLabel}
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
}

function Found({ simulation }: { simulation: Simulation }) {
  const { t } = useTranslation();
  const { records, fields, rights, exact } = simulation;
  const seen = records.filter(({ verb }) => verb === "read");
  const written = records.filter(({ verb }) => verb !== "read");
  const ofRecords = (one: RecordsChange) => ({
    key: `${one.object}-${one.verb}-${one.way}`,
    icon: one.way === "closed" ? EyeOff : Eye,
    way: one.way,
    text: one.text,
    people: one.people.map(({ member, records: count }) => ({
      member,
      detail: count === null ? "" : t("roles.records_of_person", { count, number: formatNumber(count) }),
    })),
    total: one.people_count,
  });
  if (records.length + fields.length + rights.length === 0)
    return (
      <Text size="sm" c="dimmed">
        {t("roles.nothing_changes")}
      </Text>
    );
  return (
    <>
      {!exact && (
        <Alert color="orange" variant="light" p="sm">
          {t("roles.estimated")}
        </Alert>
      )}
      <Part title={t("roles.changes_of_records")} findings={seen.map(ofRecords)} />
      <Part
        title={t("roles.changes_of_writing")}
        findings={written.map(ofRecords)}
        folded={seen.length > 0 && written.length > FEW}
      />
      <Part
        title={t("roles.changes_of_fields")}
        findings={fields.map((one) => ({
          key: [one.object, one.field, one.record_type, one.before, one.after].join("-"),
          icon: one.way === "opened" ? Eye : EyeOff,
          ...toldOf(one),
        }))}
      />
      <Part
        title={t("roles.changes_of_rights")}
        findings={rights.map((one) => ({
          key: `${one.right}-${one.way}-${one.objects.join()}`,
          icon: one.way === "opened" ? Plus : Minus,
          ...toldOf(one),
        }))}
      />
    </>
  );
}

/** What a part shows without being unfolded. */
const FEW = 3;

interface FindingProps {
  icon: LucideIcon;
  way: AccessWay;
  text: string;
  people: { member: Reference; detail: string }[];
  total: number;
}

const toldOf = (one: { way: AccessWay; text: string; people: Reference[]; people_count: number }) => ({
  way: one.way,
  text: one.text,
  people: one.people.map((member) => ({ member, detail: "" })),
  total: one.people_count,
});

function Part({
  title,
  findings,
  folded = false,
}: {
  title: string;
  findings: (FindingProps & { key: string })[];
  folded?: boolean;
}) {
  const { t } = useTranslation();
  const [opened, setOpened] = useState(!folded);
  if (findings.length === 0) return null;
  return (
    <section>
      <h3 className={classes.partTitle}>{title}</h3>
      {opened ? (
        <ul className={classes.findings}>
          {findings.map(({ key, ...finding }) => (
            <Finding key={key} {...finding} />
          ))}
        </ul>
      ) : (
        <Button variant="subtle" size="compact-sm" onClick={() => setOpened(true)}>
          {t("roles.show_findings", { count: findings.length })}
        </Button>
      )}
    </section>
  );
}

function Finding({ icon: Icon, way, text, people, total }: FindingProps) {
  const { t } = useTranslation();
  const [opened, setOpened] = useState(false);
  const Arrow = opened ? ChevronDown : ChevronRight;
  return (
    <li className={classes.finding} data-way={way}>
      <button
        type="button"
        className={classes.findingHead}
        aria-expanded={opened}
        onClick={() => setOpened(!opened)}
      >
        <Icon size={15} className={classes.findingIcon} aria-hidden />
        <span className={classes.findingText}>{text}</span>
        <Arrow size={14} aria-hidden />
      </button>
      {opened && (
        <ul className={classes.people}>
          {people.map(({ member, detail }) => (
            <li key={member.id}>
              {referenceText(member)}
              {detail && <span className={shared.quiet}>{detail}</span>}
            </li>
          ))}
          {total > people.length && (
            <li className={shared.quiet}>{t("roles.more_people", { count: total - people.length })}</li>
          )}
        </ul>
      )}
    </li>
  );
}
