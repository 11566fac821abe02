/** Editor of an identity number: begins empty over a masked one, since what is hidden cannot be edited in part. */
import { CloseButton } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { readText } from "../parts/plain-text";
import { TextBox } from "../parts/text-box";
import type { InputProps } from "../types";
import { isMasked, normalNumber } from "./value";

export function IdentityNumberInput(props: InputProps<string>) {
  const { t } = useTranslation();
  const masked = isMasked(props.value ?? "") ? props.value : null;
  const write = (value: string | null | undefined) => (!value || isMasked(value) ? "" : value);
  return (
    <TextBox
      {...props}
      write={write}
      rest={(value) => value ?? ""}
      read={(text) => readText(normalNumber(text)) ?? masked ?? null}
      placeholder={masked ?? undefined}
      rightSection={
        masked && !props.field.required ? (
          <CloseButton
            size="sm"
            tabIndex={-1}
            disabled={props.disabled}
            aria-label={t("field-kinds.clear")}
            onMouseDown={(event) => event.preventDefault()}
            onClick={() => props.onChange(null)}
          />
        ) : undefined
      }
      numeric
    />
  );
}
