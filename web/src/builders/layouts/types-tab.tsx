/** The record types of an object: sorts of records with choices, records to refer to, and layouts of their own. */
import { useTranslation } from "react-i18next";
import { findField } from "@/lib/catalog";
import { label } from "@/lib/label";
import { Chip } from "@/ui/chip";
import type { ObjectTabProps } from "../objects/object-tabs";
import classes from "../objects/objects.module.css";
import { ComponentTab } from "./component-tab";
import { BLANK_TYPE, type TypeValues } from "./model";
import { TypeForm } from "./type-form";

export function TypesTab({ object }: ObjectTabProps) {
  const { t } = useTranslation();
  return (
    <ComponentTab<TypeValues>
      object={object}
      kind="record_type"
      word="type"
      blank={BLANK_TYPE}
      columns={(known) => [
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
      draw={(form) => <TypeForm {...form} />}
    />
  );
}
