/** When a share ends by itself: at the end of a day, or never. */
import { ActionIcon, Group, Popover, Text, UnstyledButton } from "@mantine/core";
import dayjs from "dayjs";
import { CalendarClock, X } from "lucide-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { formatDate } from "@/lib/format";
import { fieldKind } from "../field-kinds";
import type { KindField } from "../field-kinds/types";
import classes from "./share.module.css";

const DAY: KindField = {
  key: "expires_on",
  kind: "date",
  trait: "date",
  label: { "zh-CN": "", en: "" },
  settings: {},
};

/** The last moment of a day, here. */
const endOf = (day: string) =>
  dayjs(day)
    .endOf("day")
    .toISOString()
    .replace(/\.\d{3}Z$/, "Z");
const dayOf = (moment: string | null) => (moment ? dayjs(moment).format("YYYY-MM-DD") : null);

export function EndInput({
  value,
  onChange,
}: {
  value: string | null;
  onChange(moment: string | null): void;
}) {
  const { t } = useTranslation();
  const { Input } = fieldKind("date");
  return (
    <Group gap={8} wrap="nowrap">
      <Text size="sm" className={classes.endLabel}>
        {t("share.ends_on")}
      </Text>
      <div className={classes.endDay}>
        <Input
          aria-label={t("share.ends_on")}
          field={DAY}
          value={dayOf(value)}
          onChange={(day: unknown) => onChange(day ? endOf(String(day)) : null)}
        />
      </div>
      {value ? (
        <ActionIcon
          variant="subtle"
          color="gray"
          aria-label={t("share.without_end")}
          onClick={() => onChange(null)}
        >
          <X size={15} />
        </ActionIcon>
      ) : (
        <Text size="xs" c="dimmed">
          {t("share.never_ends")}
        </Text>
      )}
    </Group>
  );
}

/** The end of a share that is there, and the way to change it. */
export function EndsChip({
  value,
  name,
  editable,
  onChange,
}: {
  value: string | null;
  name: string;
  editable: boolean;
  onChange(moment: string | null): void;
}) {
  const { t } = useTranslation();
  const [opened, setOpened] = useState(false);
  const over = value !== null && dayjs(value).isBefore(dayjs());
  const words = value ? t(over ? "share.ended_on" : "share.until", { day: formatDate(dayOf(value)) }) : null;
  if (!editable) return words ? <span className={classes.detail}>{words}</span> : null;
  return (
    <Popover opened={opened} onChange={setOpened} position="bottom-start" withinPortal trapFocus>
      <Popover.Target>
        <UnstyledButton
          className={classes.ends}
          data-over={over || undefined}
          aria-label={t("share.end_of", { name })}
          onClick={() => setOpened(!opened)}
        >
          <CalendarClock size={13} aria-hidden />
          {words}
        </UnstyledButton>
      </Popover.Target>
      <Popover.Dropdown>
        <EndInput
          value={value}
          onChange={(moment) => {
            setOpened(false);
            if (moment !== value) onChange(moment);
          }}
        />
      </Popover.Dropdown>
    </Popover>
  );
}
