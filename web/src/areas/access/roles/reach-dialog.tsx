/** A reach of several parts: a scope, chosen departments with all below them, and a filter; any of them opens a record. */
import { Button, Group, Modal, MultiSelect, Select, Stack, Text } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { CatalogObject } from "@/api/types";
import { departmentOptions, departmentsQuery } from "@/areas/settings/people";
import { Condition } from "./condition";
import { isNone, type ReachParts, type Scope } from "./permissions";
import classes from "./roles.module.css";

const BASES: readonly Scope[] = ["none", "own", "department", "tree"];

export function ReachDialog({
  object,
  title,
  reach,
  onSave,
  onClose,
}: {
  /** Absent for the line of all other objects, whose records no one filter fits. */
  object: CatalogObject | undefined;
  title: string;
  reach: ReachParts;
  onSave(reach: ReachParts): void;
  onClose(): void;
}) {
  const { t } = useTranslation();
  const owned = !object || object.features.includes("owner");
  const departments = useQuery(departmentsQuery());
  const [draft, setDraft] = useState<ReachParts>(() =>
    reach.scope === "all" ? { ...reach, scope: "none" } : reach,
  );
  const set = (values: Partial<ReachParts>) => setDraft((now) => ({ ...now, ...values }));
  return (
    <Modal opened onClose={onClose} title={title} size={680} closeOnClickOutside={false}>
      <Stack gap="md">
        <Text size="sm" c="dimmed">
          {t(owned ? "roles.reach_parts" : "roles.reach_parts_unowned")}
        </Text>
        {owned && (
          <>
            <Select
              label={t("roles.reach_scope")}
              allowDeselect={false}
              data={BASES.map((scope) => ({
                value: scope,
                label: t(scope === "none" ? "roles.reach_no_scope" : `roles.reach_${scope}`),
              }))}
              value={draft.scope}
              onChange={(scope) => scope && set({ scope: scope as Scope })}
            />
            <MultiSelect
              label={t("roles.reach_chosen")}
              description={t("roles.reach_chosen_help")}
              searchable
              clearable
              data={departmentOptions(departments.data ?? [])}
              value={draft.departments}
              onChange={(chosen) => set({ departments: chosen })}
            />
          </>
        )}
        {object && (
          <div>
            <p className={classes.label}>{t("roles.reach_condition")}</p>
            <Text size="xs" c="dimmed" mb={8}>
              {t("roles.reach_condition_help")}
            </Text>
            <Condition object={object} where={reach.where} onChange={(where) => set({ where })} />
          </div>
        )}
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={onClose}>
            {t("ui.cancel")}
          </Button>
          <Button onClick={() => onSave(draft)} disabled={isNone(draft)}>
            {t("roles.apply")}
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
}
