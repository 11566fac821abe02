/** A setting that is a list: its rows are put in order, taken out, and added up to so many. */
import { ActionIcon, Button, Input, Stack } from "@mantine/core";
import { ArrowUp, Plus, X } from "lucide-react";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { words } from "../objects/setting-inputs";
import type { SettingInputProps } from "../objects/setting-props";
import classes from "./steps.module.css";

interface Row<T> {
  row: T;
  at: number;
  change(part: Partial<T>): void;
  /** The buttons that put it further up and take it out. */
  tools: ReactNode;
}

interface ListSettingProps<T> {
  of: SettingInputProps;
  most: number;
  /** What the button says that adds one. */
  add: string;
  /** One that is added to the others. */
  fresh(others: readonly T[]): T;
  /** What stays the same of a row while it is put in order; rows without are known by their place. */
  keyOf?(row: T): string;
  called(row: T, at: number): string;
  removeLabel(name: string): string;
  children(row: Row<T>): ReactNode;
}

export function ListSetting<T extends object>(props: ListSettingProps<T>) {
  const { of, most, add, fresh, keyOf, called, removeLabel, children } = props;
  const { t } = useTranslation();
  const { label: name, ...rest } = words(of);
  const rows = (of.value as T[] | undefined) ?? [];
  const keep = (next: T[]) => of.set(next.length > 0 ? next : null);
  return (
    <Input.Wrapper {...rest} label={name} labelElement="div">
      <Stack gap={8} mt={4}>
        {rows.map((row, at) => (
          <div className={classes.branch} key={keyOf?.(row) ?? at}>
            {children({
              row,
              at,
              change: (part) => keep(rows.map((one, place) => (place === at ? { ...one, ...part } : one))),
              tools: (
                <>
                  <ActionIcon
                    variant="subtle"
                    color="gray"
                    disabled={at === 0}
                    aria-label={t("steps.branch_up", { name: called(row, at) })}
                    onClick={() => {
                      const next = [...rows];
                      next.splice(at - 1, 0, ...next.splice(at, 1));
                      keep(next);
                    }}
                  >
                    <ArrowUp size={15} />
                  </ActionIcon>
                  <ActionIcon
                    variant="subtle"
                    color="gray"
                    aria-label={removeLabel(called(row, at))}
                    onClick={() => keep(rows.filter((_, place) => place !== at))}
                  >
                    <X size={15} />
                  </ActionIcon>
                </>
              ),
            })}
          </div>
        ))}
        {rows.length < most && (
          <Button
            variant="default"
            size="xs"
            style={{ alignSelf: "flex-start" }}
            leftSection={<Plus size={14} />}
            onClick={() => keep([...rows, fresh(rows)])}
          >
            {add}
          </Button>
        )}
      </Stack>
    </Input.Wrapper>
  );
}

/** The first of the names with a number behind it that nothing has yet. */
export function freeName(begin: string, taken: readonly string[]): string {
  let number = 1;
  while (taken.includes(`${begin}${number}`)) number++;
  return `${begin}${number}`;
}
