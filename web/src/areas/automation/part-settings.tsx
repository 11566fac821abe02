/** The settings of a trigger or a step, made of its kind's own declaration; what is wrong stands where it is. */
import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import type { FieldSettings, KindSetting } from "@/api/types";
import { acceptsField } from "@/builders/steps/values";
import { findObject, useCatalog } from "@/lib/catalog";
import { label } from "@/lib/label";
import classes from "./automation.module.css";
import type { FlowTrigger, PartKind } from "./model";
import { loopedOver } from "./objects-of";
import { inputOf, isAsked } from "./own-inputs";

const NONE: ReadonlySet<string> = new Set();

export function PartSettings({
  part,
  kind,
  object,
  variables,
  problems,
  only,
  leftOut = NONE,
  onChange,
}: {
  part: FlowTrigger;
  kind: PartKind;
  /** Key of the flow's object; "" for a flow about no record. */
  object: string;
  variables: readonly string[];
  /** Sentences by setting. */
  problems: Record<string, string>;
  /** The one setting that is shown; all without it. */
  only?: string;
  leftOut?: ReadonlySet<string>;
  onChange(settings: FieldSettings): void;
}) {
  const { t } = useTranslation();
  const catalog = useCatalog();
  const accepts = useMemo(() => acceptsField(catalog, object), [catalog, object]);
  const context = {
    kind,
    object: { key: object },
    field: null,
    settings: part.settings,
    problems,
    accepts,
    variables,
  };
  // The condition of a loop is asked of the records that it goes over.
  const loops = kind.settings.some(({ name }) => name === "relation");
  const over = loops ? (loopedOver(findObject(catalog, object), part.settings) ?? "") : null;
  const own = kind.settings.filter(({ name }) => (only ? name === only : !leftOut.has(name)));
  return own.map((setting) => {
    // What is wrong with a setting that is not asked for now is told all the same.
    if (!isAsked(setting, kind.settings, part.settings)) {
      const wrong = problems[setting.name];
      return wrong ? (
        <p key={setting.name} className={classes.problem}>
          {label(setting.label)}
          {t("automation.colon")}
          {wrong}
        </p>
      ) : null;
    }
    const Input = inputOf(setting);
    const of = setting.type === "condition" && over !== null ? { key: over } : context.object;
    return (
      <Input
        key={setting.name}
        {...context}
        object={of}
        setting={setting}
        value={part.settings[setting.name] ?? undefined}
        problem={problems[setting.name]}
        onChange={onChange}
        set={(value) => onChange(changed(part.settings, kind.settings, setting, value))}
      />
    );
  });
}

/** The settings with another value; what named fields of another object is let go with it. */
function changed(
  settings: FieldSettings,
  declared: readonly KindSetting[],
  setting: KindSetting,
  value: unknown,
): FieldSettings {
  const { [setting.name]: before, ...others } = settings;
  const next: FieldSettings =
    value === null || value === undefined ? others : { ...others, [setting.name]: value };
  const elsewhere = (setting.type === "object" || setting.name === "through") && before !== value;
  if (!elsewhere) return next;
  const gone = new Set(
    declared.filter(({ type, of }) => type === "assignments" || of === setting.name).map(({ name }) => name),
  );
  return Object.fromEntries(Object.entries(next).filter(([name]) => !gone.has(name)));
}
