/** Two people changed the same field: both versions side by side, and the choice. */
import { Button, Group, Modal, Text } from "@mantine/core";
import { useTranslation } from "react-i18next";
import type { CatalogObject, Reference } from "@/api/types";
import { findField } from "@/lib/catalog";
import { formatDateTime } from "@/lib/format";
import { label } from "@/lib/label";
import { currentLanguage } from "@/lib/language";
import { fieldKind } from "../field-kinds";
import classes from "./page.module.css";
import type { Conflict } from "./save-record";

interface ConflictDialogProps {
  object: CatalogObject;
  conflict: Conflict | null;
  onSettle(keepMine: boolean): void;
}

export function ConflictDialog({ object, conflict, onSettle }: ConflictDialogProps) {
  const { t } = useTranslation();
  const who = conflict?.theirs.updated_by as Reference | null | undefined;
  const when = conflict?.theirs.updated_at as string | null | undefined;
  const words = (key: string, value: unknown) => {
    const field = findField(object, key);
    return (field && fieldKind(field.kind).toText(value, field, currentLanguage())) || t("page.nothing");
  };
  return (
    <Modal
      opened={conflict !== null}
      onClose={() => onSettle(false)}
      title={t("page.conflict_title")}
      size={560}
    >
      <Text size="md">
        {t("page.conflict_text", { who: who?.title ?? t("page.somebody"), when: formatDateTime(when) })}
      </Text>
      <table className={classes.conflict}>
        <thead>
          <tr>
            <th scope="col">{t("page.conflict_field")}</th>
            <th scope="col">{t("page.conflict_theirs")}</th>
            <th scope="col">{t("page.conflict_mine")}</th>
          </tr>
        </thead>
        <tbody>
          {(conflict?.fields ?? []).map((key) => (
            <tr key={key}>
              <th scope="row">{label(findField(object, key)?.label)}</th>
              <td>{words(key, conflict?.theirs[key])}</td>
              <td>{words(key, conflict?.mine[key])}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <Group justify="flex-end" mt="lg" gap="xs">
        <Button variant="default" onClick={() => onSettle(false)}>
          {t("page.keep_theirs")}
        </Button>
        <Button onClick={() => onSettle(true)} data-autofocus>
          {t("page.keep_mine")}
        </Button>
      </Group>
    </Modal>
  );
}
