/** Editor of tags: those the workspace knows are offered, others may be coined. */
import { TagsInput } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { orNull } from "../parts/lists";
import { useEditor } from "../parts/use-editor";
import type { InputProps } from "../types";
import { forgetTags, useKnownTags } from "./tag-hues";

export function TagsKindInput(props: InputProps<string[]>) {
  const { t } = useTranslation();
  const known = useKnownTags();
  const editor = useEditor<string[]>({ ...props, multiline: true }, () => props.value ?? null);
  const change = (words: string[]) => {
    if (words.some((word) => !known.some((tag) => tag.name === word))) forgetTags();
    props.onChange(orNull(words));
  };
  return (
    <TagsInput
      id={props.id}
      aria-label={props["aria-label"]}
      data={known.map((tag) => tag.name)}
      splitChars={[",", "，", "、", ";", "；"]}
      placeholder={props.value?.length ? undefined : t("field-kinds.add_tag")}
      size={props.compact ? "xs" : "sm"}
      autoFocus={props.autoFocus}
      data-autofocus={props.autoFocus || undefined}
      disabled={props.disabled}
      error={props.error}
      defaultSearchValue={props.initialText}
      value={props.value ?? []}
      onChange={change}
      onKeyDown={editor.onKeyDown}
      onBlur={editor.onBlur}
    />
  );
}
