/** A box one types into to pick a record: recent ones first, two lines each, new ones made in place. */
import { CloseButton, Combobox, InputBase, Loader, useCombobox } from "@mantine/core";
import { type FocusEvent, type KeyboardEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import type { CatalogObject, Filter, Reference } from "@/api/types";
import { label } from "@/lib/label";
import { can } from "@/lib/rights";
import { Avatar } from "@/ui/avatar";
import classes from "./lookup.module.css";
import { PickerOption } from "./picker-option";
import { rememberRecord } from "./recent-records";
import { type RecordOption, useRecordOptions } from "./use-record-options";

const CREATE = "+create";

export interface RecordPickerProps {
  object: CatalogObject;
  value: Reference | null;
  onPick(picked: Reference | null): void;
  where?: Filter | null;
  /** Ids that are chosen already. */
  without?: readonly string[];
  /** Draws avatars. */
  people?: boolean;
  /** Offered before all others, with a word of its own such as 我. */
  first?: RecordOption;
  /** Makes a record in place; absent where that makes no sense. */
  onCreate?(typed: string): Promise<Reference | null>;
  clearable?: boolean;
  compact?: boolean;
  autoFocus?: boolean;
  disabled?: boolean;
  error?: string | boolean | null;
  id?: string;
  "aria-label"?: string;
  placeholder?: string;
  initialText?: string;
  onKeyDown?(event: KeyboardEvent): void;
  onBlur?(event: FocusEvent<HTMLElement>): void;
}

export function RecordPicker(props: RecordPickerProps) {
  const { object, value, compact, people, onCreate } = props;
  const { t } = useTranslation();
  const [typed, setTyped] = useState<string | null>(props.initialText ?? null);
  const combobox = useCombobox({
    defaultOpened: Boolean(compact && props.autoFocus),
    onDropdownClose: () => combobox.resetSelectedOption(),
  });
  const { options, settled, error } = useRecordOptions(
    object,
    typed ?? "",
    props.where ?? null,
    combobox.dropdownOpened,
  );
  const offered = withFirst(options, typed ? undefined : props.first).filter(
    (option) => !props.without?.includes(option.id),
  );
  const creatable = onCreate !== undefined && can(object, "create");

  const pick = (picked: Reference | null) => {
    if (picked) rememberRecord(object.key, picked);
    setTyped(null);
    combobox.closeDropdown();
    props.onPick(picked);
  };
  const submit = async (id: string) => {
    if (id === CREATE) {
      combobox.closeDropdown();
      const created = await onCreate?.(typed?.trim() ?? "");
      if (created) pick(created);
      return;
    }
    const option = offered.find((one) => one.id === id);
    pick(option ? { id: option.id, title: option.title } : null);
  };
  const removable = props.clearable && value !== null && !props.disabled;

  return (
    <Combobox
      store={combobox}
      onOptionSubmit={submit}
      withinPortal
      width={compact ? 280 : "target"}
      position="bottom-start"
    >
      <Combobox.Target>
        <InputBase
          id={props.id}
          aria-label={props["aria-label"]}
          size={compact ? "xs" : "sm"}
          variant={compact ? "unstyled" : "default"}
          autoComplete="off"
          autoFocus={props.autoFocus}
          data-autofocus={props.autoFocus || undefined}
          disabled={props.disabled}
          error={props.error}
          placeholder={props.placeholder ?? t("lookup.placeholder")}
          value={typed ?? value?.title ?? ""}
          leftSection={
            people && value?.title && typed === null ? <Avatar name={value.title} size={20} /> : undefined
          }
          rightSectionPointerEvents="all"
          rightSection={
            combobox.dropdownOpened && !settled ? (
              <Loader size={14} />
            ) : removable ? (
              <CloseButton
                size="xs"
                tabIndex={-1}
                aria-label={t("lookup.clear")}
                onMouseDown={(event) => event.preventDefault()}
                onClick={() => pick(null)}
              />
            ) : (
              <Combobox.Chevron />
            )
          }
          onChange={(event) => {
            setTyped(event.currentTarget.value);
            combobox.openDropdown();
            combobox.updateSelectedOptionIndex();
          }}
          onClick={() => combobox.openDropdown()}
          onFocus={(event) => {
            event.currentTarget.select();
            combobox.openDropdown();
          }}
          onBlur={(event) => {
            combobox.closeDropdown();
            setTyped(null);
            props.onBlur?.(event);
          }}
          onKeyDown={(event) => {
            // Enter belongs to the highlighted option while the list is open.
            if (event.key === "Enter" && combobox.dropdownOpened) return;
            props.onKeyDown?.(event);
          }}
        />
      </Combobox.Target>
      <Combobox.Dropdown>
        <Combobox.Options mah={280} className={classes.options} aria-label={label(object.plural)}>
          {offered.map((option) => (
            <Combobox.Option key={option.id} value={option.id} active={option.id === value?.id}>
              <PickerOption option={option} people={people} />
            </Combobox.Option>
          ))}
          {offered.length === 0 && (
            <Combobox.Empty>
              {error
                ? t("lookup.failed")
                : settled
                  ? t("lookup.nothing", { name: label(object.label) })
                  : t("lookup.searching")}
            </Combobox.Empty>
          )}
          {creatable && (
            <Combobox.Option value={CREATE} className={classes.create}>
              {typed?.trim()
                ? t("lookup.create_named", { name: label(object.label), typed: typed.trim() })
                : t("lookup.create", { name: label(object.label) })}
            </Combobox.Option>
          )}
        </Combobox.Options>
      </Combobox.Dropdown>
    </Combobox>
  );
}

function withFirst(options: RecordOption[], first: RecordOption | undefined): RecordOption[] {
  return first ? [first, ...options.filter((option) => option.id !== first.id)] : options;
}
