/** Editor of several options. */
import { MultiSelect } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { currentLanguage } from "@/lib/language";
import { Chip } from "@/ui/chip";
import { orNull } from "../parts/lists";
import { optionOf, optionsOf, optionText } from "../parts/options";
import { useEditor } from "../parts/use-editor";
import type { InputProps } from "../types";

export function MultiChoiceInput(props: InputProps<string[]>) {
  const { t } = useTranslation();
  const { field, value, compact } = props;
  const editor = useEditor<string[]>(props, () => value ?? null);
  const language = currentLanguage();
  const offered = optionsOf(field);
  const gone = (value ?? []).filter((key) => !offered.some((option) => option.key === key));
  const options = [...offered, ...gone.map((key) => optionOf(field, key))];
  return (
    <MultiSelect
      id={props.id}
      aria-label={props["aria-label"]}
      data={options.map((option) => ({ value: option.key, label: optionText(option, language) }))}
      renderOption={({ option }) => <Chip hue={optionOf(field, option.value).color}>{option.label}</Chip>}
      searchable
      hidePickedOptions
      nothingFoundMessage={t("field-kinds.nothing_found")}
      size={compact ? "xs" : "sm"}
      autoFocus={props.autoFocus}
      data-autofocus={props.autoFocus || undefined}
      disabled={props.disabled}
      error={props.error}
      value={value ?? []}
      onChange={(keys) => props.onChange(orNull(keys))}
      onKeyDown={(event) => {
        // Enter takes the highlighted option and goes on; Ctrl Enter ends the edit.
        if (event.key !== "Enter" || event.ctrlKey || event.metaKey) editor.onKeyDown(event);
      }}
      onBlur={editor.onBlur}
    />
  );
}
