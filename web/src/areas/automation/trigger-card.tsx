/** One way in which a flow starts: its kind, which may be changed, and its settings. */
import { Select } from "@mantine/core";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { findObject } from "@/lib/catalog";
import { label } from "@/lib/label";
import { beginSettings, type Definition, type FlowTrigger, type PartKind } from "./model";
import { PartCard } from "./part-card";
import { PartSettings } from "./part-settings";
import type { PartProblems } from "./use-check";
import { type Telling, whenOf } from "./words";

export function TriggerCard({
  trigger,
  definition,
  kinds,
  known,
  telling,
  variables,
  problems,
  opened,
  leftOut,
  onChange,
  actions,
}: {
  trigger: FlowTrigger;
  definition: Definition;
  /** Those that may be chosen. */
  kinds: readonly PartKind[];
  known: readonly PartKind[];
  telling: Telling;
  variables: readonly string[];
  problems: PartProblems;
  opened: boolean;
  leftOut: ReadonlySet<string> | undefined;
  onChange(trigger: FlowTrigger): void;
  actions: ReactNode;
}) {
  const { t } = useTranslation();
  const kind = known.find(({ key }) => key === trigger.kind);
  const object = findObject(telling.catalog, definition.object ?? "");
  const choose = (key: string | null) => {
    const next = kinds.find((one) => one.key === key);
    if (!next || next.key === trigger.kind) return;
    // What the other kind asks for by the same name stays as it is.
    const kept = Object.fromEntries(
      Object.entries(trigger.settings).filter(([name]) =>
        next.settings.some(
          (setting) =>
            setting.name === name && setting.type === kind?.settings.find((one) => one.name === name)?.type,
        ),
      ),
    );
    onChange({ ...trigger, kind: next.key, settings: { ...beginSettings(next), ...kept } });
  };
  return (
    <PartCard
      id={trigger.id}
      icon={kind?.icon ?? "box"}
      hue="blue"
      name={kind ? label(kind.label) : trigger.kind}
      sum={whenOf(trigger, object, telling)}
      opened={opened}
      wrong={problems.any}
      problems={problems.general}
      actions={actions}
    >
      <Select
        label={t("automation.trigger")}
        description={label(kind?.help)}
        allowDeselect={false}
        data={kinds.map((one) => ({ value: one.key, label: label(one.label) }))}
        value={trigger.kind}
        onChange={choose}
      />
      {kind && (
        <PartSettings
          key={kind.key}
          part={trigger}
          kind={kind}
          object={definition.object ?? ""}
          variables={variables}
          problems={problems.settings}
          leftOut={leftOut}
          onChange={(settings) => onChange({ ...trigger, settings })}
        />
      )}
    </PartCard>
  );
}
