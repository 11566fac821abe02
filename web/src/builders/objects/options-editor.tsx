/** The options of a choice: words in both languages, a colour, an order by dragging or by arrow keys. */
import { ActionIcon, Button, Group, Popover, TextInput } from "@mantine/core";
import { GripVertical, Plus, Trash2 } from "lucide-react";
import { type KeyboardEvent, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import type { ChoiceOption } from "@/api/types";
import { label } from "@/lib/label";
import { currentLanguage, LANGUAGES } from "@/lib/language";
import { hueStyle } from "@/ui/chip";
import { ColorPicker } from "./color-picker";
import classes from "./objects.module.css";
import { withNewOption } from "./options";
import { useRowDrag } from "./use-row-drag";

export function OptionsEditor({
  name,
  options,
  onChange,
}: {
  /** What the options are called, such as 选项. */
  name: string;
  options: ChoiceOption[];
  onChange(options: ChoiceOption[]): void;
}) {
  const { t } = useTranslation();
  const list = useRef<HTMLUListElement>(null);
  const add = () => {
    onChange(withNewOption(options));
    // The new row is drawn first; then the cursor goes to its words.
    setTimeout(() => list.current?.querySelector<HTMLInputElement>("li:last-child input")?.focus());
  };
  const move = (key: string, to: number) => {
    const rest = options.filter((option) => option.key !== key);
    const one = options.find((option) => option.key === key);
    if (one) onChange(rest.toSpliced(Math.max(0, Math.min(to, rest.length)), 0, one));
  };
  return (
    <fieldset style={{ margin: 0, padding: 0, border: 0 }} aria-label={name}>
      <span className={classes.label}>{name}</span>
      <ul ref={list} className={classes.options}>
        {options.map((option, at) => (
          <OptionRow
            key={option.key}
            option={option}
            at={at}
            of={options.length}
            onMove={move}
            onEnter={add}
            onChange={(next) => onChange(options.map((each) => (each.key === option.key ? next : each)))}
            onRemove={() => onChange(options.filter((each) => each.key !== option.key))}
          />
        ))}
      </ul>
      <Button mt={6} size="compact-sm" variant="subtle" leftSection={<Plus size={14} />} onClick={add}>
        {t("objects.add_option")}
      </Button>
    </fieldset>
  );
}

const STEPS: Record<string, -1 | 1> = { ArrowUp: -1, ArrowDown: 1 };

function OptionRow({
  option,
  at,
  of,
  onMove,
  onEnter,
  onChange,
  onRemove,
}: {
  option: ChoiceOption;
  at: number;
  of: number;
  onMove(key: string, to: number): void;
  onEnter(): void;
  onChange(option: ChoiceOption): void;
  onRemove(): void;
}) {
  const { t } = useTranslation();
  const row = useRef<HTMLLIElement>(null);
  const handle = useRef<HTMLButtonElement>(null);
  const edge = useRowDrag(row, handle, { list: "options", id: option.key, at, onMove });
  const own = currentLanguage();
  const name = label(option.label) || t("objects.option_number", { count: at + 1 });
  const onHandleKey = (event: KeyboardEvent) => {
    const step = STEPS[event.key];
    if (!step) return;
    event.preventDefault();
    onMove(option.key, at + step);
  };
  const onTextKey = (event: KeyboardEvent) => {
    if (event.key !== "Enter" || event.nativeEvent.isComposing) return;
    event.preventDefault();
    onEnter();
  };
  return (
    <li ref={row} className={classes.option} data-edge={edge ?? undefined}>
      <button
        ref={handle}
        type="button"
        className={classes.handle}
        aria-label={t("objects.move_option", { name, place: at + 1, of })}
        aria-keyshortcuts="ArrowUp ArrowDown"
        onKeyDown={onHandleKey}
      >
        <GripVertical size={15} aria-hidden />
      </button>
      <HueButton option={option} name={name} onChange={onChange} />
      {[own, ...LANGUAGES.filter((language) => language !== own)].map((language) => (
        <TextInput
          key={language}
          className={classes.optionWords}
          aria-label={t(language === "en" ? "objects.in_english" : "objects.in_chinese", {
            name: t("objects.option_number", { count: at + 1 }),
          })}
          placeholder={t(language === "en" ? "objects.english" : "objects.chinese")}
          maxLength={60}
          value={option.label[language] ?? ""}
          onChange={(event) =>
            onChange({ ...option, label: { ...option.label, [language]: event.currentTarget.value } })
          }
          onKeyDown={onTextKey}
        />
      ))}
      <ActionIcon
        variant="subtle"
        color="gray"
        aria-label={t("objects.remove_option", { name })}
        onClick={onRemove}
      >
        <Trash2 size={15} />
      </ActionIcon>
    </li>
  );
}

function HueButton({
  option,
  name,
  onChange,
}: {
  option: ChoiceOption;
  name: string;
  onChange(option: ChoiceOption): void;
}) {
  const { t } = useTranslation();
  const [opened, setOpened] = useState(false);
  const hue = option.color ?? "slate";
  return (
    <Popover opened={opened} onChange={setOpened} position="bottom-start" shadow="md" width={200} trapFocus>
      <Popover.Target>
        <button
          type="button"
          className={classes.swatch}
          style={hueStyle(hue)}
          aria-label={t("objects.color_of", { name })}
          onClick={() => setOpened(!opened)}
        />
      </Popover.Target>
      <Popover.Dropdown>
        <Group gap={0}>
          <ColorPicker
            value={hue}
            name={t("objects.color")}
            onChange={(color) => {
              onChange({ ...option, color });
              setOpened(false);
            }}
          />
        </Group>
      </Popover.Dropdown>
    </Popover>
  );
}
