/** Editor of an address, part by part; a whole address pasted into the street is taken apart. */
import { TextInput } from "@mantine/core";
import { useTranslation } from "react-i18next";
import type { AddressValue } from "@/api/types";
import classes from "../field-kinds.module.css";
import { useEditor } from "../parts/use-editor";
import type { InputProps } from "../types";
import { parseAddress, tidyAddress } from "./value";

const PARTS = ["province", "city", "district", "street", "postcode"] as const;

export function AddressInput(props: InputProps<AddressValue>) {
  const { t } = useTranslation();
  const value = props.value ?? {};
  const editor = useEditor<AddressValue>({ ...props, multiline: true }, () => tidyAddress(value));
  const paste = (text: string): boolean => {
    const parsed = parseAddress(text);
    if (!parsed?.city || Object.values(value).some(Boolean)) return false;
    props.onChange(parsed);
    return true;
  };
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset cannot be a grid container in every browser.
    <div
      className={classes.addressGrid}
      role="group"
      aria-label={props["aria-label"]}
      onKeyDown={(event) => {
        if (event.key !== "Tab") editor.onKeyDown(event);
      }}
      onBlur={editor.onBlur}
    >
      {PARTS.map((part, index) => (
        <TextInput
          key={part}
          id={index === 0 ? props.id : undefined}
          className={part === "street" ? classes.wide : undefined}
          aria-label={t(`field-kinds.address_${part}`)}
          placeholder={t(`field-kinds.address_${part}`)}
          size={props.compact ? "xs" : "sm"}
          autoFocus={props.autoFocus && index === 0}
          data-autofocus={(props.autoFocus && index === 0) || undefined}
          disabled={props.disabled}
          error={part === "street" ? props.error : Boolean(props.error)}
          autoComplete="off"
          value={value[part] ?? ""}
          onChange={(event) => props.onChange(tidyAddress({ ...value, [part]: event.currentTarget.value }))}
          onPaste={(event) => {
            if (paste(event.clipboardData.getData("text"))) event.preventDefault();
          }}
        />
      ))}
    </div>
  );
}
