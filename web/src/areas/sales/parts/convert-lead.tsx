/** The primary action of a lead: convert it, or, once converted, go to what it became. */
import { Button } from "@mantine/core";
import { ArrowRightLeft } from "lucide-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { Reference } from "@/api/types";
import { RecordLink } from "@/records/lookup/record-link";
import type { RecordPartProps } from "@/records/page/extensions";
import classes from "./convert-lead.module.css";
import { ConvertLeadDialog } from "./convert-lead-dialog";

const BECAME = [
  ["opportunity", "converted_opportunity"],
  ["contact", "converted_contact"],
  ["company", "converted_company"],
] as const;

export function ConvertLead({ object, record }: RecordPartProps) {
  const { t } = useTranslation();
  const [opened, setOpened] = useState(false);
  if (record.status === "converted") {
    const [target, field] = BECAME.find(([, key]) => record[key]) ?? [];
    const became = field && (record[field] as Reference);
    if (!target || !became) return null;
    return (
      <RecordLink object={target} id={became.id} className={classes.became}>
        {t("sales.converted_to", { title: became.title ?? "" })}
      </RecordLink>
    );
  }
  if (record._rights?.edit === false) return null;
  return (
    <>
      <Button leftSection={<ArrowRightLeft size={14} />} onClick={() => setOpened(true)}>
        {t("sales.convert")}
      </Button>
      {opened && <ConvertLeadDialog object={object} lead={record} onClose={() => setOpened(false)} />}
    </>
  );
}
