/** The record types of an object: sorts of records with choices, records to refer to, and layouts of their own. */
import { Button } from "@mantine/core";
import { Plus } from "lucide-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { CatalogObject } from "@/api/types";
import { findField } from "@/lib/catalog";
import { label } from "@/lib/label";
import { Chip } from "@/ui/chip";
import { EmptyState } from "@/ui/states";
import { isLive } from "../objects/model";
import type { ObjectTabProps } from "../objects/object-tabs";
import classes from "../objects/objects.module.css";
import { ComponentTable } from "./component-table";
import { ForLiveObject } from "./for-live-object";
import { BLANK_TYPE, componentsOf, type Designed, nextPosition, type TypeValues } from "./model";
import { TypeForm } from "./type-form";

export function TypesTab(props: ObjectTabProps) {
  return <ForLiveObject object={props.object}>{(known) => <Types {...props} known={known} />}</ForLiveObject>;
}

function Types({ object, known }: ObjectTabProps & { known: CatalogObject }) {
  const { t } = useTranslation();
  const { live, archived } = componentsOf<TypeValues>(object, "record_type", BLANK_TYPE);
  const [opened, setOpened] = useState<Designed<TypeValues> | "new" | null>(null);
  const editable = isLive(object);
  const begin = editable && (
    <Button leftSection={<Plus size={16} />} onClick={() => setOpened("new")}>
      {t("layouts.new_type")}
    </Button>
  );
  return (
    <>
      <div className={classes.tools}>
        <span className={classes.quiet}>{t("layouts.types_help")}</span>
        <span className={classes.space} />
        {live.length > 0 && begin}
      </div>
      {live.length === 0 && (
        <EmptyState title={t("layouts.no_types")} action={begin}>
          {t("layouts.no_types_text")}
        </EmptyState>
      )}
      <ComponentTable
        live={live}
        archived={archived}
        editable={editable}
        onEdit={setOpened}
        columns={[
          {
            title: t("layouts.looks_as"),
            draw: ({ values }) => (
              <span className={classes.marks}>
                <Chip hue={values.color}>{label(values.label)}</Chip>
                {values.default && <Chip>{t("layouts.is_default")}</Chip>}
              </span>
            ),
          },
          {
            title: t("layouts.narrowed"),
            draw: ({ values }) => (
              <span className={classes.marks}>
                {[...Object.keys(values.choices), ...Object.keys(values.records)].map((key) => (
                  <Chip key={key}>{label(findField(known, key)?.label) || key}</Chip>
                ))}
              </span>
            ),
          },
        ]}
      />
      {opened && (
        <TypeForm
          object={object}
          known={known}
          type={opened === "new" ? null : opened}
          others={live.filter((one) => opened === "new" || one.id !== opened.id)}
          position={nextPosition(live)}
          onClose={() => setOpened(null)}
        />
      )}
    </>
  );
}
