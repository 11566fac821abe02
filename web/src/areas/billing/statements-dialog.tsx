/** Statements of all customers with a movement in a period: which period, which kind of file, in which language. */
import { Button, Group, Modal, SegmentedControl, Stack, Text } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { MakeStatements } from "@/api/types";
import { errorMessage } from "@/lib/error-message";
import { currentLanguage, LANGUAGES } from "@/lib/language";
import { LANGUAGE_NAMES } from "@/lib/settings";
import classes from "./billing.module.css";
import { PERIODS, PeriodFields } from "./period-fields";
import { keepBatch, makeStatements } from "./requests";

export function StatementsDialog({ onClose }: { onClose(): void }) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const [period, setPeriod] = useState(PERIODS.last_month);
  const [kind, setKind] = useState<NonNullable<MakeStatements["kind"]>>("pdf");
  const [language, setLanguage] = useState(currentLanguage());
  const making = useMutation({
    mutationFn: () => makeStatements({ begins: period[0], ends: period[1], kind, language }),
    onSuccess: (batch) => {
      keepBatch(client, batch);
      onClose();
    },
  });
  return (
    <Modal opened onClose={onClose} title={t("billing.make_statements")} size="lg" centered>
      <Stack gap="md">
        <Text size="sm" c="var(--gx-muted)">
          {t("billing.make_statements_text")}
        </Text>
        <div className={classes.tools}>
          <PeriodFields value={period} onChange={setPeriod} />
        </div>
        <Group gap="md">
          <SegmentedControl
            size="xs"
            aria-label={t("billing.file_kind")}
            value={kind}
            data={[
              { value: "pdf", label: "PDF" },
              { value: "xlsx", label: "Excel" },
            ]}
            onChange={(value) => setKind(value as typeof kind)}
          />
          <SegmentedControl
            size="xs"
            aria-label={t("billing.file_language")}
            value={language}
            data={LANGUAGES.map((one) => ({ value: one, label: LANGUAGE_NAMES[one] }))}
            onChange={(value) => setLanguage(value as typeof language)}
          />
        </Group>
        {making.isError && (
          <Text size="sm" c="var(--gx-danger)" role="alert">
            {errorMessage(making.error)}
          </Text>
        )}
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={onClose}>
            {t("ui.cancel")}
          </Button>
          <Button loading={making.isPending} onClick={() => making.mutate()}>
            {t("billing.make_statements_do")}
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
}
