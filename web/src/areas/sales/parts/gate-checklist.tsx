/** The checklist of a stage for one opportunity: ticks, with who set them and when. */
import { Checkbox, Group, Stack, Text } from "@mantine/core";
import { useId } from "react";
import { useTranslation } from "react-i18next";
import type { StageGate } from "@/api/types";
import { formatDateTime } from "@/lib/format";
import { toastError } from "@/ui/toast";
import { useCheckItem } from "../requests/use-stages";

export function GateChecklist({
  opportunity,
  gate,
  readOnly = false,
}: {
  opportunity: string;
  gate: StageGate;
  readOnly?: boolean;
}) {
  const { t } = useTranslation();
  const check = useCheckItem(opportunity, gate.id);
  const heading = useId();
  return (
    <section aria-labelledby={heading}>
      <Text id={heading} size="sm" fw={600} mb="xs">
        {t("sales.checklist")}
      </Text>
      <Stack gap="xs">
        {gate.items.map((item) => (
          <Checkbox
            key={item.key}
            checked={check.isPending && check.variables.item === item.key ? check.variables.done : item.done}
            disabled={readOnly}
            onChange={(event) =>
              check.mutate({ item: item.key, done: event.currentTarget.checked }, { onError: toastError })
            }
            label={
              <Group gap={6} component="span">
                {item.name}
                {!item.required && (
                  <Text span size="xs" c="dimmed">
                    {t("sales.optional_item")}
                  </Text>
                )}
              </Group>
            }
            description={
              item.done && item.at
                ? t("sales.item_done", { who: item.by?.title ?? "—", at: formatDateTime(item.at) })
                : undefined
            }
          />
        ))}
      </Stack>
    </section>
  );
}
