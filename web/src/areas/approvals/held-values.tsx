/** The fields that are decided about: what each is, and what it would be; changed here where the step allows it. */
import { useTranslation } from "react-i18next";
import type { ApprovalDetails, CatalogObject, HeldValue } from "@/api/types";
import { findField, useObject } from "@/lib/catalog";
import { fieldKind } from "@/records/field-kinds";
import classes from "./approvals.module.css";

interface HeldValuesProps {
  approval: ApprovalDetails;
  edited: Record<string, unknown>;
  problems: Record<string, string>;
  /** Absent where nothing may be changed. */
  onEdit: ((field: string, value: unknown) => void) | undefined;
}

export function HeldValues(props: HeldValuesProps) {
  const { approval } = props;
  const { t } = useTranslation();
  const object = useObject(approval.object ?? "");
  const isNew = approval.op === "create";
  return (
    <section className={classes.section}>
      <h2 className={classes.heading}>{t("approvals.held")}</h2>
      <table className={classes.held} data-new={isNew || undefined}>
        <thead>
          <tr>
            <th scope="col">{t("approvals.field")}</th>
            {!isNew && <th scope="col">{t("approvals.before")}</th>}
            <th scope="col">{t("approvals.after")}</th>
          </tr>
        </thead>
        <tbody>
          {approval.held.map((one) => (
            <tr key={one.field}>
              <th scope="row">{one.label}</th>
              {!isNew && (
                <td className={classes.before} data-name={t("approvals.before")}>
                  {one.before || "—"}
                </td>
              )}
              <td data-name={isNew ? undefined : t("approvals.after")}>
                <After {...props} object={object} held={one} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

function After({
  held,
  object,
  edited,
  problems,
  onEdit,
}: HeldValuesProps & { held: HeldValue; object: CatalogObject | undefined }) {
  const field = object && findField(object, held.field);
  if (held.right !== "edit" || !onEdit || !field) return <strong>{held.after || "—"}</strong>;
  const { Input } = fieldKind(field.kind);
  return (
    <Input
      aria-label={held.label}
      field={field}
      object={object.key}
      value={held.field in edited ? edited[held.field] : held.value}
      onChange={(next: unknown) => onEdit(held.field, next)}
      error={problems[held.field]}
    />
  );
}
