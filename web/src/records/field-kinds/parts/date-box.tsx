/** The editor of dates: typed freely, or picked from a calendar that never takes the cursor. */
import { ActionIcon, Popover } from "@mantine/core";
import { DatePicker } from "@mantine/dates";
import { CalendarDays } from "lucide-react";
import { type KeyboardEvent, type ReactNode, useState } from "react";
import { useTranslation } from "react-i18next";
import classes from "../field-kinds.module.css";
import type { InputProps } from "../types";
import { TextBox } from "./text-box";

interface DateBoxProps extends InputProps<string> {
  write(value: string | null | undefined): string;
  read(text: string): string | null;
  /** The calendar day of the value, "YYYY-MM-DD". */
  day: string | null;
  /** The value after a day was picked. */
  withDay(day: string): string;
  /** Picking a day ends the edit; kinds with a time of day stay open. */
  pickCommits: boolean;
  /** Stands beside the calendar, such as a list of times; calls back with the finished value. */
  beside?: (finish: (value: string) => void) => ReactNode;
  placeholder: string;
}

export function DateBox({ day, withDay, pickCommits, beside, ...props }: DateBoxProps) {
  const { t } = useTranslation();
  const [opened, setOpened] = useState(Boolean(props.compact && props.autoFocus));
  // A picked day replaces what was typed: the box is drawn anew with the new value.
  const [picks, setPicks] = useState(0);
  const set = (value: string, finished: boolean) => {
    props.onChange(value);
    setPicks(picks + 1);
    if (!finished) return;
    setOpened(false);
    props.onCommit?.(value, "stay");
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === "ArrowDown" && event.altKey) setOpened(true);
    if (event.key === "Escape" && opened && !props.onCancel) {
      event.stopPropagation();
      setOpened(false);
    }
  };
  return (
    <Popover
      opened={opened}
      onChange={setOpened}
      position="bottom-start"
      trapFocus={false}
      withinPortal
      withRoles={false}
      shadow="md"
    >
      <Popover.Target>
        {/* biome-ignore lint/a11y/noStaticElementInteractions: listens to keys of the box inside. */}
        <div onKeyDown={onKeyDown} className={classes.dateBox}>
          <TextBox<string>
            key={picks}
            {...props}
            ownsEscape={opened}
            autoFocus={props.autoFocus || picks > 0}
            onCommit={
              props.onCommit &&
              ((value, move) => {
                setOpened(false);
                props.onCommit?.(value, move);
              })
            }
            rightSection={
              <ActionIcon
                variant="subtle"
                color="gray"
                size="sm"
                tabIndex={-1}
                disabled={props.disabled}
                aria-label={t("field-kinds.open_calendar")}
                onMouseDown={(event) => event.preventDefault()}
                onClick={() => setOpened(!opened)}
              >
                <CalendarDays size={14} />
              </ActionIcon>
            }
          />
        </div>
      </Popover.Target>
      {/* The cursor stays in the box while the calendar is clicked, so leaving the box still means leaving. */}
      <Popover.Dropdown onMouseDown={(event) => event.preventDefault()} className={classes.dateDropdown}>
        <DatePicker
          key={day ?? "none"}
          value={day}
          defaultDate={day ?? undefined}
          onChange={(picked) => picked && set(withDay(picked), pickCommits)}
          size="xs"
        />
        {beside?.((value) => set(value, true))}
      </Popover.Dropdown>
    </Popover>
  );
}
