/** The frame of the tabs with layouts, rules and record types: what they are for, their table, and the one being made. */
import { Button } from "@mantine/core";
import { Plus } from "lucide-react";
import { type ReactNode, useState } from "react";
import { useTranslation } from "react-i18next";
import type { CatalogObject, Label } from "@/api/types";
import { EmptyState } from "@/ui/states";
import { isLive } from "../objects/model";
import type { ObjectTabProps } from "../objects/object-tabs";
import classes from "../objects/objects.module.css";
import { type Column, ComponentTable } from "./component-table";
import { ForLiveObject } from "./for-live-object";
import { componentsOf, type Designed, nextPosition } from "./model";

export interface FormProps<V> {
  object: ObjectTabProps["object"];
  known: CatalogObject;
  /** Null for a new one. */
  component: Designed<V> | null;
  /** The others of the same kind. */
  others: Designed<V>[];
  position: number;
  onClose(): void;
}

interface ComponentTabProps<V> extends ObjectTabProps {
  kind: "layout" | "rule" | "record_type";
  /** What its texts are called by: layouts.rules_help, layouts.new_rule, layouts.no_rules. */
  word: "layout" | "rule" | "type";
  blank: Omit<V, "label">;
  columns(known: CatalogObject): Column<V>[];
  draw(form: FormProps<V>): ReactNode;
  /** The form takes the place of the table. */
  alone?: boolean;
}

type Placed = { label: Label; position: number };

export function ComponentTab<V extends Placed>(props: ComponentTabProps<V>) {
  return (
    <ForLiveObject object={props.object}>
      {(known) => <Components<V> {...props} known={known} />}
    </ForLiveObject>
  );
}

function Components<V extends Placed>({
  object,
  known,
  kind,
  word,
  blank,
  columns,
  draw,
  alone,
}: ComponentTabProps<V> & { known: CatalogObject }) {
  const { t } = useTranslation();
  const { live, archived } = componentsOf<V>(object, kind, blank);
  const [opened, setOpened] = useState<Designed<V> | "new" | null>(null);
  const editable = isLive(object);
  const component = opened === "new" ? null : opened;
  const form =
    opened &&
    draw({
      object,
      known,
      component,
      others: live.filter(({ id }) => id !== component?.id),
      position: nextPosition(live),
      onClose: () => setOpened(null),
    });
  if (form && alone) return form;
  const begin = editable && (
    <Button leftSection={<Plus size={16} />} onClick={() => setOpened("new")}>
      {t(`layouts.new_${word}`)}
    </Button>
  );
  return (
    <>
      <div className={classes.tools}>
        <span className={classes.quiet}>{t(`layouts.${word}s_help`)}</span>
        <span className={classes.space} />
        {live.length > 0 && begin}
      </div>
      {live.length === 0 && (
        <EmptyState title={t(`layouts.no_${word}s`)} action={begin}>
          {t(`layouts.no_${word}s_text`)}
        </EmptyState>
      )}
      <ComponentTable
        live={live}
        archived={archived}
        editable={editable}
        onEdit={setOpened}
        columns={columns(known)}
      />
      {form}
    </>
  );
}
