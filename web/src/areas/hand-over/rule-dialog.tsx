/** One rule: which of the records, and who gets them. */
import { Button, Group, Modal, Stack } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { CatalogObject, Filter, Reference } from "@/api/types";
import { label } from "@/lib/label";
import { FilterBuilder } from "@/records/filter/filter-builder";
import type { RuleDraft } from "./draft";
import classes from "./hand-over.module.css";
import { PersonInput } from "./people-input";

export function RuleDialog({
  object,
  giver,
  rule,
  onKeep,
  onClose,
}: {
  object: CatalogObject;
  giver: string;
  rule: RuleDraft | null;
  onKeep(rule: RuleDraft): void;
  onClose(): void;
}) {
  const { t } = useTranslation();
  const [where, setWhere] = useState<Filter | null>(rule?.where ?? null);
  const [to, setTo] = useState<Reference | null>(rule?.to ?? null);
  const missing =
    where === null ? t("hand-over.rule_needs_filter") : to ? null : t("hand-over.rule_needs_person");
  return (
    <Modal
      opened
      onClose={onClose}
      title={t("hand-over.rule_title", { object: label(object.plural) })}
      size={720}
    >
      <Stack gap="md">
        <div>
          <h3 className={classes.label}>{t("hand-over.rule_which")}</h3>
          <FilterBuilder object={object} where={where} pause={0} onChange={setWhere} />
        </div>
        <div>
          <h3 className={classes.label}>{t("hand-over.rule_to")}</h3>
          <PersonInput
            giver={giver}
            value={to}
            label={t("hand-over.rule_to")}
            placeholder={t("hand-over.choose_person")}
            onPick={setTo}
          />
        </div>
        <Group justify="flex-end" gap="xs">
          {missing && (
            <span className={classes.missing} id="rule-missing">
              {missing}
            </span>
          )}
          <Button variant="default" onClick={onClose}>
            {t("ui.cancel")}
          </Button>
          <Button
            disabled={missing !== null}
            aria-describedby={missing ? "rule-missing" : undefined}
            onClick={() => where && to && onKeep({ where, to })}
          >
            {t("hand-over.keep_rule")}
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
}
