/** Where a field is used, and how many records have a value in it. */
import { Modal, Stack } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { formatNumber } from "@/lib/format";
import { label } from "@/lib/label";
import { ErrorState, RowsSkeleton } from "@/ui/states";
import { Dependents } from "./dependents";
import type { DesignedField, DesignedWhole } from "./model";
import classes from "./objects.module.css";
import { usageQuery } from "./requests";

export function FieldUsage({
  object,
  field,
  onClose,
}: {
  object: DesignedWhole;
  field: DesignedField;
  onClose(): void;
}) {
  const { t } = useTranslation();
  const usage = useQuery(usageQuery(object.key, field.key));
  return (
    <Modal
      opened
      onClose={onClose}
      title={t("objects.used_of", { name: label(field.values.label) })}
      size={520}
    >
      {usage.isError ? (
        <ErrorState compact error={usage.error} onRetry={() => usage.refetch()} />
      ) : !usage.data ? (
        <RowsSkeleton rows={3} />
      ) : (
        <Stack gap="sm">
          <p className={classes.remark}>
            {t("objects.used_values", {
              shown: formatNumber(usage.data.values ?? 0),
              records: formatNumber(usage.data.records),
            })}
          </p>
          {usage.data.dependents.length === 0 ? (
            <p className={classes.remark}>{t("objects.used_nowhere")}</p>
          ) : (
            <Dependents dependents={usage.data.dependents} />
          )}
        </Stack>
      )}
    </Modal>
  );
}
