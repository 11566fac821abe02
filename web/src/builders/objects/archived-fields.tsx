/** Fields that were put away: their values are kept for a while, and they can be brought back. */
import { Button, Group } from "@mantine/core";
import { ArchiveRestore, ChevronDown, ChevronRight, Trash2 } from "lucide-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { KindCard } from "@/api/types";
import { formatRelative } from "@/lib/format";
import { label } from "@/lib/label";
import type { DesignedField } from "./model";
import classes from "./objects.module.css";

export function ArchivedFields({
  fields,
  kinds,
  onRestore,
  onDrop,
}: {
  fields: DesignedField[];
  kinds: Map<string, KindCard>;
  onRestore(field: DesignedField): void;
  onDrop(field: DesignedField): void;
}) {
  const { t } = useTranslation();
  const [opened, setOpened] = useState(false);
  const Arrow = opened ? ChevronDown : ChevronRight;
  return (
    <section style={{ marginTop: 20 }}>
      <Button
        variant="subtle"
        color="gray"
        px={6}
        leftSection={<Arrow size={15} />}
        aria-expanded={opened}
        onClick={() => setOpened(!opened)}
      >
        {t("objects.archived_fields", { count: fields.length })}
      </Button>
      {opened && (
        <div className={classes.frame} style={{ marginTop: 8 }}>
          <table className={classes.table}>
            <tbody>
              {fields.map((field) => (
                <tr key={field.id} data-field={field.key}>
                  <td>
                    <span className={classes.names}>
                      <span className={classes.name}>{label(field.values.label)}</span>
                      <span className={classes.quiet}>
                        {t("objects.archived_since", { when: formatRelative(field.state_at) })}
                      </span>
                    </span>
                  </td>
                  <td className={classes.secondary}>{label(kinds.get(field.kind)?.label) || field.kind}</td>
                  <td>
                    <Group gap={4} justify="flex-end" wrap="nowrap">
                      <Button
                        size="compact-sm"
                        variant="subtle"
                        leftSection={<ArchiveRestore size={14} />}
                        onClick={() => onRestore(field)}
                      >
                        {t("objects.restore")}
                      </Button>
                      <Button
                        size="compact-sm"
                        variant="subtle"
                        color="red"
                        leftSection={<Trash2 size={14} />}
                        onClick={() => onDrop(field)}
                      >
                        {t("objects.drop")}
                      </Button>
                    </Group>
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
    </section>
  );
}
