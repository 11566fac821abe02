/** What a text of the file stands for: an option, a record found by name, or another text. */
import { Select, TextInput } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { Field } from "@/api/types";
import { findObject, useCatalog } from "@/lib/catalog";
import { label } from "@/lib/label";
import { queryRecords, recordKeys } from "@/lib/records";

interface Props {
  field: Field;
  value: string | null;
  onChange: (text: string | null) => void;
}

export function ReplacementInput(props: Props) {
  const { t } = useTranslation();
  const { field, value, onChange } = props;
  if (field.settings.options) {
    return (
      <Select
        size="xs"
        aria-label={t("import.read_as")}
        placeholder={t("import.read_as")}
        data={field.settings.options.map((option) => ({ value: option.key, label: label(option.label) }))}
        value={value || null}
        onChange={onChange}
        searchable
        clearable
      />
    );
  }
  if (field.settings.target) return <RecordInput {...props} target={field.settings.target} />;
  return (
    <TextInput
      size="xs"
      aria-label={t("import.read_as")}
      placeholder={t("import.read_as")}
      value={value ?? ""}
      onChange={(event) => onChange(event.currentTarget.value || null)}
    />
  );
}

/** Records by title: the import names records by what people call them, so the title is the value. */
function RecordInput({ target, value, onChange }: Props & { target: string }) {
  const { t } = useTranslation();
  const object = findObject(useCatalog(), target);
  const [typed, setTyped] = useState(value ?? "");
  const [asked] = useDebouncedValue(typed.trim(), 200);
  const title = object?.title ?? "name";
  const query = { select: [title], search: asked || undefined, limit: 20 };
  const { data } = useQuery({
    queryKey: recordKeys.page(target, query),
    queryFn: ({ signal }) => queryRecords(target, query, signal),
    placeholderData: keepPreviousData,
  });
  const titles = (data?.rows ?? []).map((row) => String(row[title] ?? ""));
  return (
    <Select
      size="xs"
      aria-label={t("import.read_as")}
      placeholder={t("import.read_as")}
      data={[...new Set([...titles, ...(value ? [value] : [])])]}
      value={value || null}
      searchValue={typed}
      onSearchChange={setTyped}
      filter={({ options }) => options}
      onChange={onChange}
      searchable
      clearable
    />
  );
}
