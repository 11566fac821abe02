/** Editor of one option: a list one can type into. */
import { Select } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { currentLanguage } from "@/lib/language";
import { Chip } from "@/ui/chip";
import { optionOf, optionsOf, optionText } from "../parts/options";
import { useEditor } from "../parts/use-editor";
import type { InputProps } from "../types";

export function ChoiceInput(props: InputProps<string>) {
  const { t } = useTranslation();
  const { field, value, compact, autoFocus } = props;
  const editor = useEditor<string>(props, () => value ?? null);
  const language = currentLanguage();
  const offered = optionsOf(field);
  const known = !value || offered.some((option) => option.key === value);
  const options = known ? offered : [...offered, optionOf(field, value)];
  return (
    <Select
      id={props.id}
      aria-label={props["aria-label"]}
      data={options.map((option) => ({ value: option.key, label: optionText(option, language) }))}
      renderOption={({ option }) => <Chip hue={optionOf(field, option.value).color}>{option.label}</Chip>}
      searchable
      clearable={!field.required}
      allowDeselect={false}
      selectFirstOptionOnChange
      defaultDropdownOpened={compact && autoFocus}
      defaultSearchValue={props.initialText}
      nothingFoundMessage={t("field-kinds.nothing_found")}
      // A cell may be narrower than the words to choose from.
      comboboxProps={compact ? { width: "max-content", position: "bottom-start" } : undefined}
      size={compact ? "xs" : "sm"}
      variant={compact ? "unstyled" : "default"}
      autoFocus={autoFocus}
      data-autofocus={autoFocus || undefined}
      disabled={props.disabled}
      error={props.error}
      clearButtonProps={{ "aria-label": t("field-kinds.clear") }}
      value={value ?? null}
      onChange={(picked) => {
        props.onChange(picked);
        editor.pick(picked);
      }}
      onKeyDown={(event) => {
        // Enter takes the highlighted option; the list itself reports it as a change.
        if (event.key !== "Enter") editor.onKeyDown(event);
      }}
      onBlur={editor.onBlur}
    />
  );
}
