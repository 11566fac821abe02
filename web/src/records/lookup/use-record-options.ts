/** What a picker offers: what matches the typed words, or the records met last and then the others. */
import { useDebouncedValue } from "@mantine/hooks";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import type { CatalogObject, Filter, RecordRow, Reference } from "@/api/types";
import { findField } from "@/lib/catalog";
import { currentLanguage } from "@/lib/language";
import { queryRecords, recordKeys } from "@/lib/records";
import { fieldKind } from "../field-kinds";
import { recentRecords } from "./recent-records";

export interface RecordOption extends Reference {
  title: string;
  /** A second line that tells records of the same name apart. */
  subtitle: string;
}

const TYPING_MS = 200;
const OFFERED = 12;
/** Kinds whose words fit on a second line. */
const DISTINGUISHING = new Set([
  "text",
  "lookup",
  "person",
  "choice",
  "phone",
  "mail",
  "auto_number",
  "date",
  "money",
]);

/** The field shown under the title: the first of the card or highlights that is not the title. */
export function distinguishingField(object: CatalogObject) {
  const keys = [
    ...(object.layout.card ?? []),
    ...(object.layout.highlights ?? []),
    ...(object.layout.list ?? []),
  ];
  return keys
    .filter((key) => key !== object.title)
    .map((key) => findField(object, key))
    .find((field) => field !== undefined && DISTINGUISHING.has(field.kind));
}

export function titleOf(object: CatalogObject, row: RecordRow): string {
  const field = findField(object, object.title);
  const value = row[object.title];
  return (field ? fieldKind(field.kind).toText(value, field, currentLanguage()) : String(value ?? "")) || "—";
}

/** Options for the words; `where` narrows what may be picked. `settled` is false while words wait to be sent. */
export function useRecordOptions(
  object: CatalogObject,
  search: string,
  where: Filter | null,
  enabled: boolean,
) {
  const [sent] = useDebouncedValue(search.trim(), TYPING_MS);
  const second = distinguishingField(object);
  const query = {
    select: second ? [object.title, second.key] : [object.title],
    search: sent || undefined,
    where,
    limit: OFFERED,
  };
  const answer = useQuery({
    queryKey: recordKeys.page(object.key, query),
    queryFn: ({ signal }) => queryRecords(object.key, query, signal),
    enabled,
    placeholderData: keepPreviousData,
  });
  const found = (answer.data?.rows ?? []).map((row): RecordOption => {
    const subtitle = second ? fieldKind(second.kind).toText(row[second.key], second, currentLanguage()) : "";
    return { id: row.id, title: titleOf(object, row), subtitle };
  });
  return {
    options: sent || where ? found : recentFirst(object.key, found),
    settled: sent === search.trim() && !answer.isFetching,
    error: answer.error,
  };
}

function recentFirst(object: string, found: RecordOption[]): RecordOption[] {
  const recent = recentRecords(object).map(
    ({ id, title }): RecordOption =>
      found.find((option) => option.id === id) ?? { id, title: title ?? "", subtitle: "" },
  );
  const ids = new Set(recent.map((option) => option.id));
  return [...recent, ...found.filter((option) => !ids.has(option.id))].slice(0, OFFERED);
}
