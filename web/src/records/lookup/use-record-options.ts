/** What a picker offers: what matches the typed words, or the records met last and then the others. */
import { useDebouncedValue } from "@mantine/hooks";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import type { CatalogObject, Field, Filter, RecordRow, Reference } from "@/api/types";
import { findField } from "@/lib/catalog";
import { currentLanguage } from "@/lib/language";
import { queryRecords, recordKeys } from "@/lib/records";
import { fieldKind } from "../field-kinds";
import { shownKind } from "../field-kinds/shown-kind";
import { recentRecords } from "./recent-records";

export interface RecordOption extends Reference {
  title: string;
  /** A second line that tells records of the same name apart. */
  subtitle: string;
}

const TYPING_MS = 200;
const OFFERED = 12;
/** Kinds that tell records of one name apart, the best first. */
const DISTINGUISHING = [
  "lookup",
  "about",
  "phone",
  "mail",
  "auto_number",
  "text",
  "date",
  "person",
  "choice",
];

/** The field shown under the title: of those on the card, in the highlights and in the list the most telling one. */
function distinguishingField(object: CatalogObject): Field | undefined {
  const { card = [], highlights = [], list = [] } = object.layout;
  const shown = [...new Set([...card, ...highlights, ...list])]
    .filter((key) => key !== object.title)
    .flatMap((key) => findField(object, key) ?? []);
  return DISTINGUISHING.map((kind) => shown.find((field) => field.kind === kind)).find(
    (field) => field !== undefined,
  );
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
    const value = second && row[second.key];
    const subtitle = second ? shownKind(second, value).toText(value, second, currentLanguage()) : "";
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
