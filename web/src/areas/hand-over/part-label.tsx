/** What a part is called: companies, reports, departments headed. */
import { useTranslation } from "react-i18next";
import type { HandedPart, HeldPart } from "@/api/types";
import { useObject } from "@/lib/catalog";
import { label } from "@/lib/label";
import { IconByName } from "@/ui/icon-by-name";
import classes from "./hand-over.module.css";

type Named = Pick<HeldPart | HandedPart, "object" | "field" | "label" | "field_label">;

/** The words alone: 客户, or 部门（负责人） where it is not the owner that is meant. */
export function usePartName(): (part: Named) => string {
  const { t } = useTranslation();
  return (part) =>
    part.field === "owner"
      ? label(part.label)
      : t("hand-over.part_by_field", { object: label(part.label), field: label(part.field_label) });
}

export function PartLabel({ part }: { part: Named }) {
  const object = useObject(part.object);
  const name = usePartName();
  return (
    <span className={classes.partName}>
      <span className={classes.partIcon}>
        <IconByName name={object?.icon ?? "box"} />
      </span>
      {name(part)}
    </span>
  );
}
