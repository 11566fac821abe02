/** A condition of a trigger or a step: a filter or a formula of the flow's object, or none. */
import { Skeleton } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { CatalogObject } from "@/api/types";
import { useObject } from "@/lib/catalog";
import { useNaming } from "@/records/filter/use-named-filter";
import { toWire } from "@/records/query/filter";
import { closeFilter, openFilter } from "@/records/query/filter-edit";
import { ConditionInput } from "../layouts/condition-input";
import type { Condition } from "../layouts/model";
import { words } from "../objects/setting-inputs";
import type { SettingInputProps } from "../objects/setting-props";

export function ConditionSetting(props: SettingInputProps) {
  const object = useObject(props.object.key);
  const { label: name, description } = words(props);
  if (!object) return null;
  return (
    <NamedCondition
      key={object.key}
      object={object}
      name={name}
      help={description}
      value={(props.value as Condition | undefined) ?? null}
      always={!props.setting.required}
      problem={props.problem}
      onChange={props.set}
    />
  );
}

/** A condition as it is kept, with plain ids, in the editor of conditions, which shows titles. */
export function NamedCondition({
  object,
  value,
  onChange,
  ...shown
}: {
  object: CatalogObject;
  name: string;
  help?: string;
  value: Condition;
  always: boolean;
  problem?: string;
  onChange(value: Condition): void;
}) {
  const { t } = useTranslation();
  // The editor keeps what it began with; what it tells afterwards needs no titles.
  const [begun] = useState(value);
  const [told, setTold] = useState<{ value: Condition } | null>(null);
  const { filter, ready } = useNaming(object, begun && "where" in begun ? begun.where : null);
  if (!ready) return <Skeleton height={64} radius="sm" />;
  return (
    <ConditionInput
      {...shown}
      alwaysHelp={t("steps.always_help")}
      object={object}
      value={told ? told.value : filter ? { where: filter } : begun}
      onChange={(next) => {
        // What the editor merely writes in its own way is no change.
        if (!told && JSON.stringify(next) === JSON.stringify(asWritten(begun))) return;
        setTold({ value: next });
        onChange(next);
      }}
    />
  );
}

/** A condition as the editor of filters writes it. */
function asWritten(when: Condition): Condition {
  if (!when || !("where" in when)) return when;
  const where = toWire(closeFilter(openFilter(when.where)));
  return where && { where };
}
