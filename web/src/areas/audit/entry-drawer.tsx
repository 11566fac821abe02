/** All that is known of one deed, and the way to others like it. */
import { Anchor, Button, Drawer, Group, Text } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import type { AuditItem } from "@/api/types";
import { findObject, useCatalog } from "@/lib/catalog";
import { formatDateTime } from "@/lib/format";
import { label } from "@/lib/label";
import { deviceName } from "@/lib/user-agent";
import { RecordLink } from "@/records/lookup/record-link";
import { ErrorState, RowsSkeleton } from "@/ui/states";
import classes from "./audit.module.css";
import { whoDid } from "./audit-table";
import { auditedChangesQuery } from "./requests";
import type { AuditSearch } from "./wanted";

interface EntryDrawerProps {
  item: AuditItem;
  onClose(): void;
  onLook(search: AuditSearch): void;
}

export function EntryDrawer({ item, onClose, onLook }: EntryDrawerProps) {
  const { t } = useTranslation();
  const catalog = useCatalog();
  const look = (search: AuditSearch) => {
    onLook(search);
    onClose();
  };
  const object = label(findObject(catalog, item.object ?? "")?.label);
  const rows: [string, React.ReactNode][] = [
    [t("audit.when"), formatDateTime(item.at)],
    [t("audit.who"), whoDid(item, t("audit.system"))],
    [t("audit.via"), t(`audit.via_${item.via}`, { defaultValue: item.via })],
    [t("audit.address"), item.ip],
    [t("audit.device"), item.agent && <span title={item.agent}>{deviceName(item.agent) || item.agent}</span>],
    [t("audit.session"), item.session],
    [t("audit.key"), item.key],
    [t("audit.object"), object],
    [t("audit.record"), item.record && item.object && <RecordTitle item={item} />],
    ...item.facts.map((fact): [string, React.ReactNode] => [fact.label, fact.text]),
    [t("audit.number"), item.seq],
    [t("audit.digest"), item.hash],
  ];
  return (
    <Drawer opened onClose={onClose} position="right" size="lg" title={item.label}>
      <Text mb="md">{item.says}</Text>
      <dl className={classes.facts}>
        {rows
          .filter(([, value]) => value !== null && value !== undefined && value !== "")
          .map(([name, value]) => (
            <div key={name} className={classes.fact}>
              <dt>{name}</dt>
              <dd>{value}</dd>
            </div>
          ))}
      </dl>
      {item.kind === "change" && item.change_set && <Changes id={item.change_set} />}
      <Group mt="lg" gap="xs">
        {item.by && (
          <Button variant="default" size="xs" onClick={() => look({ member: item.by?.id })}>
            {t("audit.same_person")}
          </Button>
        )}
        {item.ip && (
          <Button variant="default" size="xs" onClick={() => look({ ip: item.ip ?? undefined })}>
            {t("audit.same_address")}
          </Button>
        )}
        {item.key && (
          <Button
            variant="default"
            size="xs"
            onClick={() =>
              look({
                key: item.key ?? undefined,
                key_id: item.key_id ?? undefined,
                member: item.by?.id,
              })
            }
          >
            {t("audit.same_key")}
          </Button>
        )}
        {item.record && item.object && (
          <Button
            variant="default"
            size="xs"
            onClick={() => look({ object: item.object ?? undefined, record: item.record?.id })}
          >
            {t("audit.same_record")}
          </Button>
        )}
      </Group>
    </Drawer>
  );
}

function RecordTitle({ item }: { item: AuditItem }) {
  const title = item.record?.title;
  if (!item.record || !item.object || title === null || title === undefined) return "—";
  return (
    <RecordLink object={item.object} id={item.record.id} className={classes.link}>
      {title}
    </RecordLink>
  );
}

/** Which records a change set wrote; what changed in each stands in the record's own history. */
function Changes({ id }: { id: string }) {
  const { t } = useTranslation();
  const changes = useQuery(auditedChangesQuery(id));
  if (changes.isError) return <ErrorState compact error={changes.error} onRetry={() => changes.refetch()} />;
  if (changes.isPending) return <RowsSkeleton rows={3} height={44} />;
  return (
    <>
      <h3 className={classes.heading}>{t("audit.changed_records")}</h3>
      <ul className={classes.changes}>
        {changes.data.changes.map((change, place) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: one record may stand here several times
          <li key={place}>
            <span className={classes.changed}>
              {t(`audit.op_${change.op}`)} {change.object_label}{" "}
              {change.object && change.record.title !== null ? (
                <Anchor
                  component={RecordLink}
                  object={change.object}
                  id={change.record.id}
                  className={classes.link}
                >
                  {change.record.title}
                </Anchor>
              ) : (
                "—"
              )}
            </span>
            {change.fields.length > 0 && (
              <span className={classes.fields}>{change.fields.join(t("audit.between"))}</span>
            )}
          </li>
        ))}
      </ul>
      {changes.data.more && (
        <Text size="sm">{t("audit.more_records", { count: changes.data.changes.length })}</Text>
      )}
    </>
  );
}
