/** The layouts of an object: for whom each is, and the designer of the one that is opened. */
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { label } from "@/lib/label";
import { Chip } from "@/ui/chip";
import type { ObjectTabProps } from "../objects/object-tabs";
import classes from "../objects/objects.module.css";
import { ComponentTab } from "./component-tab";
import { LayoutDesigner } from "./layout-designer";
import { BLANK_LAYOUT, type LayoutValues } from "./model";
import { rolesQuery } from "./requests";

export function LayoutsTab({ object }: ObjectTabProps) {
  const { t } = useTranslation();
  const roles = new Map((useQuery(rolesQuery()).data ?? []).map((role) => [role.value, role.label]));
  return (
    <ComponentTab<LayoutValues>
      object={object}
      kind="layout"
      word="layout"
      blank={BLANK_LAYOUT}
      alone
      columns={(known) => [
        {
          title: t("layouts.for_type"),
          draw: ({ values: { record_type } }) =>
            record_type ? (
              <Chip hue="blue">
                {label(known.record_types.find((type) => type.key === record_type)?.label) || record_type}
              </Chip>
            ) : (
              t("layouts.all_types")
            ),
        },
        {
          title: t("layouts.for_roles"),
          draw: ({ values }) =>
            values.roles.length > 0 ? (
              <span className={classes.marks}>
                {values.roles.map((role) => (
                  <Chip key={role}>{roles.get(role) ?? role}</Chip>
                ))}
              </span>
            ) : (
              t("layouts.all_roles")
            ),
        },
      ]}
      draw={(form) => <LayoutDesigner {...form} />}
    />
  );
}
