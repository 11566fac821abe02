/** A flow on one page: when it starts, under which condition, and what it does; told in one sentence at the top. */
import { Button, Select } from "@mantine/core";
import { Plus } from "lucide-react";
import { type ReactNode, useState } from "react";
import { useTranslation } from "react-i18next";
import type { FieldSettings, Hue } from "@/api/types";
import { useCatalog } from "@/lib/catalog";
import { label } from "@/lib/label";
import { currentLanguage } from "@/lib/language";
import { hueStyle } from "@/ui/chip";
import { AddPart } from "./add-part";
import classes from "./automation.module.css";
import {
  beginSettings,
  type Definition,
  type FlowTrigger,
  freeId,
  type Palette,
  type PartKind,
  withObject,
} from "./model";
import { PartSettings } from "./part-settings";
import { RemovePart, StepList } from "./step-list";
import { TriggerCard } from "./trigger-card";
import type { Problems } from "./use-check";
import { useTitles } from "./use-titles";
import { sentenceOf, type Telling } from "./words";

export interface DesignerProps {
  definition: Definition;
  palette: Palette;
  problems: Problems;
  /** A rule offers the steps that simply follow each other. */
  rule: boolean;
  onChange(definition: Definition): void;
}

const WHERE = "where";

export function Designer({ definition, palette, problems, rule, onChange }: DesignerProps) {
  const { t } = useTranslation();
  const catalog = useCatalog();
  const titles = useTitles(definition);
  const telling: Telling = { catalog, language: currentLanguage(), t, palette, titles };
  const [added, setAdded] = useState<string | null>(null);
  const offered = palette.triggers.filter((kind) => !kind.about_record || definition.object);
  const [first] = definition.triggers;
  const only = definition.triggers.length === 1 ? first : undefined;
  const onlyKind = palette.triggers.find(({ key }) => key === only?.kind);
  // The condition of the one trigger stands on its own; where there are several, each has its own.
  const apart = only && onlyKind?.settings.some(({ name }) => name === WHERE) ? { only, onlyKind } : null;
  const setTrigger = (id: string, settings: FieldSettings) =>
    onChange({
      ...definition,
      triggers: definition.triggers.map((one) => (one.id === id ? { ...one, settings } : one)),
    });
  const addTrigger = (kind: PartKind) => {
    const made: FlowTrigger = { id: freeId(definition, "t"), kind: kind.key, settings: beginSettings(kind) };
    setAdded(made.id);
    onChange({ ...definition, triggers: [...definition.triggers, made] });
  };
  return (
    <div className={classes.designer}>
      <p className={classes.sentence}>{sentenceOf(definition, telling)}</p>
      {problems.whole.map((problem) => (
        <p key={problem} className={classes.problem}>
          {problem}
        </p>
      ))}
      <Section word={t("automation.section_when")} hue="blue">
        <Select
          label={t("automation.object")}
          searchable
          clearable
          data={catalog.objects.map((one) => ({ value: one.key, label: label(one.label) }))}
          value={definition.object}
          onChange={(object) => onChange(withObject(definition, object, palette))}
        />
        {definition.triggers.map((trigger) => (
          <TriggerCard
            key={`${definition.object} ${trigger.id}`}
            trigger={trigger}
            definition={definition}
            kinds={offered}
            known={palette.triggers}
            telling={telling}
            variables={[]}
            problems={problems.of(trigger.id)}
            opened={definition.triggers.length === 1 || trigger.id === added}
            leftOut={apart ? new Set([WHERE]) : undefined}
            onChange={(next) =>
              onChange({
                ...definition,
                triggers: definition.triggers.map((one) => (one.id === trigger.id ? next : one)),
              })
            }
            actions={
              <RemovePart
                name={t("automation.trigger")}
                onRemove={() =>
                  onChange({
                    ...definition,
                    triggers: definition.triggers.filter(({ id }) => id !== trigger.id),
                  })
                }
              />
            }
          />
        ))}
        <div>
          <AddPart kinds={offered} onAdd={addTrigger}>
            <Button
              variant={definition.triggers.length === 0 ? "light" : "subtle"}
              size="xs"
              leftSection={<Plus size={14} />}
            >
              {t(
                definition.triggers.length === 0 ? "automation.add_trigger" : "automation.add_other_trigger",
              )}
            </Button>
          </AddPart>
        </div>
      </Section>
      {apart && (
        <Section word={t("automation.section_if")} hue="amber">
          <div
            className={classes.card}
            data-wrong={problems.of(apart.only.id).settings.where ? true : undefined}
          >
            <div className={classes.cardBody} style={{ paddingTop: 12 }}>
              <PartSettings
                key={`${definition.object} ${apart.only.id} ${apart.only.kind}`}
                part={apart.only}
                kind={apart.onlyKind}
                object={definition.object ?? ""}
                variables={[]}
                problems={problems.of(apart.only.id).settings}
                only={WHERE}
                onChange={(settings) => setTrigger(apart.only.id, settings)}
              />
            </div>
          </div>
        </Section>
      )}
      <Section word={t("automation.section_then")} hue="green">
        <StepList
          definition={definition}
          palette={palette}
          problems={problems}
          rule={rule}
          telling={telling}
          onChange={onChange}
        />
      </Section>
    </div>
  );
}

function Section({ word, hue, children }: { word: string; hue: Hue; children: ReactNode }) {
  return (
    <section className={classes.section} aria-label={word}>
      <div className={classes.sectionHead}>
        <h2 className={classes.word} style={hueStyle(hue)}>
          {word}
        </h2>
      </div>
      <div className={classes.parts}>{children}</div>
    </section>
  );
}
