/** Groups of fields whose values, taken together, no two records may share. */
import { ActionIcon, Button, Group, MultiSelect, Stack } from "@mantine/core";
import { Plus, Trash2 } from "lucide-react";
import { useTranslation } from "react-i18next";
import classes from "./objects.module.css";

export function UniquesEditor({
  uniques,
  fields,
  problem,
  onChange,
}: {
  uniques: string[][];
  fields: { value: string; label: string }[];
  problem: string | undefined;
  onChange(uniques: string[][]): void;
}) {
  const { t } = useTranslation();
  return (
    <Stack gap={8}>
      <p className={classes.remark}>{t("objects.uniques_help")}</p>
      {uniques.map((keys, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: groups have no identity but their place
        <Group key={at} gap={8} wrap="nowrap" align="flex-start">
          <MultiSelect
            style={{ flex: 1 }}
            aria-label={t("objects.uniques_group", { count: at + 1 })}
            placeholder={keys.length === 0 ? t("objects.uniques_choose") : undefined}
            searchable
            data={fields}
            value={keys}
            error={at === uniques.length - 1 ? problem : undefined}
            onChange={(next) => onChange(uniques.with(at, next))}
          />
          <ActionIcon
            variant="subtle"
            color="gray"
            size="lg"
            aria-label={t("objects.uniques_remove", { count: at + 1 })}
            onClick={() => onChange(uniques.toSpliced(at, 1))}
          >
            <Trash2 size={15} />
          </ActionIcon>
        </Group>
      ))}
      <Button
        variant="subtle"
        size="compact-sm"
        style={{ alignSelf: "flex-start" }}
        leftSection={<Plus size={14} />}
        onClick={() => onChange([...uniques, []])}
      >
        {t("objects.uniques_add")}
      </Button>
    </Stack>
  );
}
