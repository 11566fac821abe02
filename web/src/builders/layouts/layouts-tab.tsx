/** The layouts of an object: for whom each is, and the designer of the one that is opened. */
import { Button } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { Plus } from "lucide-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { CatalogObject } from "@/api/types";
import { label } from "@/lib/label";
import { Chip } from "@/ui/chip";
import { EmptyState } from "@/ui/states";
import { isLive } from "../objects/model";
import type { ObjectTabProps } from "../objects/object-tabs";
import classes from "../objects/objects.module.css";
import { ComponentTable } from "./component-table";
import { ForLiveObject } from "./for-live-object";
import { LayoutDesigner } from "./layout-designer";
import { BLANK_LAYOUT, componentsOf, type Designed, type LayoutValues, nextPosition } from "./model";
import { rolesQuery } from "./requests";

export function LayoutsTab(props: ObjectTabProps) {
  return (
    <ForLiveObject object={props.object}>{(known) => <Layouts {...props} known={known} />}</ForLiveObject>
  );
}

function Layouts({ object, known }: ObjectTabProps & { known: CatalogObject }) {
  const { t } = useTranslation();
  const { live, archived } = componentsOf<LayoutValues>(object, "layout", BLANK_LAYOUT);
  const roles = new Map((useQuery(rolesQuery()).data ?? []).map((role) => [role.value, role.label]));
  const [opened, setOpened] = useState<Designed<LayoutValues> | "new" | null>(null);
  const editable = isLive(object);
  if (opened) {
    return (
      <LayoutDesigner
        object={object}
        known={known}
        layout={opened === "new" ? null : opened}
        position={nextPosition(live)}
        onClose={() => setOpened(null)}
      />
    );
  }
  const begin = editable && (
    <Button leftSection={<Plus size={16} />} onClick={() => setOpened("new")}>
      {t("layouts.new_layout")}
    </Button>
  );
  const typeName = (key: string) => label(known.record_types.find((type) => type.key === key)?.label) || key;
  return (
    <>
      <div className={classes.tools}>
        <span className={classes.quiet}>{t("layouts.layouts_help")}</span>
        <span className={classes.space} />
        {live.length > 0 && begin}
      </div>
      {live.length === 0 && (
        <EmptyState title={t("layouts.no_layouts")} action={begin}>
          {t("layouts.no_layouts_text")}
        </EmptyState>
      )}
      <ComponentTable
        live={live}
        archived={archived}
        editable={editable}
        onEdit={setOpened}
        columns={[
          {
            title: t("layouts.for_type"),
            draw: ({ values }) =>
              values.record_type ? (
                <Chip hue="blue">{typeName(values.record_type)}</Chip>
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
      />
    </>
  );
}
