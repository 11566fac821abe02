/** The record that an approval is about as it is now, as far as the reader may read it: what matters most, on paper all. */
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import type { ApprovalDetails, CatalogObject, RecordRow } from "@/api/types";
import { findField, useObject } from "@/lib/catalog";
import { label } from "@/lib/label";
import { currentLanguage } from "@/lib/language";
import { getRecord, recordKeys } from "@/lib/records";
import { fieldKind } from "@/records/field-kinds";
import classes from "./approvals.module.css";
import { Facts } from "./facts";

export function AboutRecord({ approval }: { approval: ApprovalDetails }) {
  const { object, record } = approval;
  const known = useObject(object ?? "");
  if (!known || !record) return null;
  return <OfRecord object={known} id={record.id} hidden={approval.hidden} />;
}

function OfRecord({ object, id, hidden }: { object: CatalogObject; id: string; hidden: string[] }) {
  const { t } = useTranslation();
  const row = useQuery({
    queryKey: recordKeys.record(object.key, id),
    queryFn: ({ signal }) => getRecord(object.key, id, undefined, signal),
    retry: false,
  }).data;
  if (!row) return null;
  const told = factsOf(object, row, hidden);
  return (
    <section className={classes.section}>
      <h2 className={classes.heading}>{t("approvals.about_record", { object: label(object.label) })}</h2>
      <div className={classes.unprinted}>
        <Facts className={classes.facts} facts={told.first} />
      </div>
      <div className={classes.printed}>
        <Facts className={classes.facts} facts={told.all} />
      </div>
    </section>
  );
}

/** Names and values in words: of the fields that stand first on the record's page, and of all that stand on it. */
export function factsOf(object: CatalogObject, row: RecordRow, hidden: readonly string[]) {
  const { highlights = [], sections = [] } = object.layout;
  const told = (keys: readonly string[]) =>
    [...new Set(keys)]
      .filter((key) => !hidden.includes(key))
      .flatMap((key) => findField(object, key) ?? [])
      .filter((field) => !field.hidden)
      .map((field): [string, string] => [
        label(field.label),
        fieldKind(field.kind).toText(row[field.key], field, currentLanguage()) ?? "",
      ]);
  const first = told(highlights);
  return { first, all: told([...highlights, ...sections.flatMap(({ fields }) => fields)]) };
}
