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
import { type ReactNode, useState } from "react";
import { useTranslation } from "react-i18next";
import type { AccessChange, AccessWay, Reference, Simulation } from "@/api/types";
import { ApiError } from "@/lib/api";
import { errorMessage } from "@/lib/error-message";
import { formatNumber } from "@/lib/format";
import { useSubmit } from "@/lib/use-submit";
import { referenceText } from "@/records/field-kinds/parts/reference";
import { FormProblem } from "@/ui/form-problem";
import classes from "./access.module.css";
import { simulationQuery } from "./requests";

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
      <Part title={t("roles.changes_of_records")} shown={records.length > 0}>
        {records.map((one) => (
          <Finding
            key={`${one.object}-${one.verb}-${one.way}`}
            icon={one.way === "closed" ? EyeOff : Eye}
            way={one.way}
            text={one.text}
            people={one.people.map(({ member, records: count }) => ({
              member,
              detail:
                count === null ? "" : t("roles.records_of_person", { count, number: formatNumber(count) }),
            }))}
            total={one.people_count}
          />
        ))}
      </Part>
      <Part title={t("roles.changes_of_fields")} shown={fields.length > 0}>
        {fields.map((one) => (
          <Finding
            key={[one.object, one.field, one.record_type, one.before, one.after].join("-")}
            icon={one.way === "opened" ? Eye : EyeOff}
            way={one.way}
            text={one.text}
            people={one.people.map((member) => ({ member, detail: "" }))}
            total={one.people_count}
          />
        ))}
      </Part>
      <Part title={t("roles.changes_of_rights")} shown={rights.length > 0}>
        {rights.map((one) => (
          <Finding
            key={`${one.object}-${one.right}-${one.way}`}
            icon={one.way === "opened" ? Plus : Minus}
            way={one.way}
            text={one.text}
            people={one.people.map((member) => ({ member, detail: "" }))}
            total={one.people_count}
          />
        ))}
      </Part>
    </>
  );
}

function Part({ title, shown, children }: { title: string; shown: boolean; children: ReactNode }) {
  if (!shown) return null;
  return (
    <section>
      <h3 className={classes.partTitle}>{title}</h3>
      <ul className={classes.findings}>{children}</ul>
    </section>
  );
}

function Finding({
  icon: Icon,
  way,
  text,
  people,
  total,
}: {
  icon: LucideIcon;
  way: AccessWay;
  text: string;
  people: { member: Reference; detail: string }[];
  total: number;
}) {
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
        <ul className={classes.findingPeople}>
          {people.map(({ member, detail }) => (
            <li key={member.id}>
              {referenceText(member)}
              {detail && <span className={classes.quiet}>{detail}</span>}
            </li>
          ))}
          {total > people.length && (
            <li className={classes.quiet}>{t("roles.more_people", { count: total - people.length })}</li>
          )}
        </ul>
      )}
    </li>
  );
}
