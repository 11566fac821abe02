/** The export that is decided about: which records, which of their fields, as what file. */
import { useTranslation } from "react-i18next";
import type { ApprovalDetails } from "@/api/types";
import { useCatalog, useObject } from "@/lib/catalog";
import { currentLanguage } from "@/lib/language";
import { describeFilter } from "@/records/filter/describe";
import classes from "./approvals.module.css";
import { Facts } from "./facts";

interface HeldExportProps {
  object: string | null;
  held: NonNullable<ApprovalDetails["export"]>;
}

export function HeldExport({ object: key, held }: HeldExportProps) {
  const { t } = useTranslation();
  const catalog = useCatalog();
  const object = useObject(key ?? "");
  const filter =
    held.where && object
      ? describeFilter(held.where, { catalog, object, language: currentLanguage(), t })
      : null;
  const facts: [string, string][] = [
    [t("approvals.export_records"), filter ?? t("approvals.export_all")],
    [t("approvals.export_search"), held.search ?? ""],
    [
      t("approvals.export_fields"),
      held.fields.join(t("approvals.between")) || t("approvals.export_all_fields"),
    ],
    [t("approvals.export_format"), held.format.toUpperCase()],
  ];
  return (
    <section className={classes.section}>
      <h2 className={classes.heading}>{t("approvals.held")}</h2>
      <Facts className={classes.values} facts={facts} />
    </section>
  );
}
