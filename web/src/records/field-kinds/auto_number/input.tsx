/** In forms the number is told, not asked. */
import { TextInput } from "@mantine/core";
import { useTranslation } from "react-i18next";
import type { InputProps } from "../types";

export function AutoNumberInput(props: InputProps<string>) {
  const { t } = useTranslation();
  return (
    <TextInput
      id={props.id}
      aria-label={props["aria-label"]}
      readOnly
      disabled={props.disabled}
      error={props.error}
      value={props.value ?? ""}
      placeholder={t("field-kinds.auto_number")}
    />
  );
}
