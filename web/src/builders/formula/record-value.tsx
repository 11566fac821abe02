/** What a formula comes to on a record of one's choice. */
import { useTranslation } from "react-i18next";
import type { CatalogObject, Reference } from "@/api/types";
import { RecordPicker } from "@/records/lookup/record-picker";
import { Chip } from "@/ui/chip";
import classes from "./formula.module.css";
import type { FormulaAnswer } from "./requests";

export function RecordValue({
  object,
  record,
  onPick,
  answer,
}: {
  object: CatalogObject;
  record: Reference | null;
  onPick(record: Reference | null): void;
  answer: FormulaAnswer | undefined;
}) {
  const { t, i18n } = useTranslation();
  const type = answer?.type?.currency ? "money" : answer?.type?.name;
  return (
    <div className={classes.result}>
      <div style={{ width: 220 }}>
        <RecordPicker
          object={object}
          value={record}
          onPick={onPick}
          clearable
          aria-label={t("formula.on_record")}
          placeholder={t("formula.on_record")}
        />
      </div>
      {type && i18n.exists(`formula.type_${type}`) && <Chip>{t(`formula.type_${type}`)}</Chip>}
      {record && answer && answer.errors.length === 0 && (
        <output className={classes.value} aria-label={t("formula.value")}>
          {answer.text || t("formula.blank")}
        </output>
      )}
    </div>
  );
}
