/** The steps of a flow, one under the other; where a step has several ways on, each says where it leads. */
import { ActionIcon, Button, TextInput } from "@mantine/core";
import { ArrowDown, ArrowUp, Plus, Trash2 } from "lucide-react";
import { type ReactNode, useState } from "react";
import { useTranslation } from "react-i18next";
import { findObject } from "@/lib/catalog";
import { label } from "@/lib/label";
import { AddPart } from "./add-part";
import classes from "./automation.module.css";
import {
  beginSettings,
  chained,
  type Definition,
  type FlowNode,
  freeId,
  inOrder,
  insertedAfter,
  isLinear,
  isPlain,
  type Palette,
  portsOf,
  type StepKind,
  tidied,
  variablesOf,
  without,
} from "./model";
import { objectsOf } from "./objects-of";
import { PartCard } from "./part-card";
import { hueOf } from "./part-hue";
import { PartSettings } from "./part-settings";
import { PortLinks } from "./port-links";
import { portName } from "./port-name";
import type { Problems } from "./use-check";
import { settingsInWords, type Telling } from "./words";

const MANY = 3;

export function StepList({
  definition,
  palette,
  problems,
  rule,
  telling,
  onChange,
}: {
  definition: Definition;
  palette: Palette;
  problems: Problems;
  rule: boolean;
  telling: Telling;
  onChange(definition: Definition): void;
}) {
  const { t } = useTranslation();
  const [added, setAdded] = useState<string | null>(null);
  const kinds = new Map(palette.steps.map((kind) => [kind.key, kind]));
  const nodes = inOrder(definition);
  const linear = rule && isLinear(definition, kinds);
  const fitting = palette.steps.filter((kind) => !kind.about_record || definition.object);
  const offered = linear ? fitting.filter(isPlain) : fitting;
  const endless = new Set(palette.steps.filter(({ ports }) => ports.length === 0).map(({ key }) => key));
  const objects = objectsOf(definition, telling.catalog);
  const make = (kind: StepKind): FlowNode => ({
    id: freeId(definition, "n"),
    kind: kind.key,
    settings: beginSettings(kind),
    next: {},
  });
  const add = (kind: StepKind, after: { id: string; port: string } | null) => {
    const node = make(kind);
    setAdded(node.id);
    if (linear) onChange(chained(definition, [...nodes, node], endless));
    else onChange(insertedAfter(definition, node, portsOf(node, kind), after));
  };
  const set = (node: FlowNode) =>
    onChange(
      tidied(
        { ...definition, nodes: definition.nodes.map((one) => (one.id === node.id ? node : one)) },
        kinds,
      ),
    );
  const move = (at: number, by: number) => {
    const next = [...nodes];
    next.splice(at + by, 0, ...next.splice(at, 1));
    onChange(chained(definition, next, endless));
  };
  const nameOf = (node: FlowNode) => label(node.label) || label(kinds.get(node.kind)?.label) || node.kind;
  const numbered = new Map(nodes.map((node, at) => [node.id, `${at + 1}. ${nameOf(node)}`]));
  return (
    <>
      {nodes.map((node, at) => {
        const kind = kinds.get(node.kind);
        const wrong = problems.of(node.id);
        const ports = portsOf(node, kind);
        const of = objects.get(node.id) ?? definition.object ?? "";
        return (
          <PartCard
            key={`${definition.object} ${node.id}`}
            id={node.id}
            icon={kind?.icon ?? "box"}
            hue={hueOf(kind?.group)}
            name={numbered.get(node.id) ?? ""}
            sum={kind ? settingsInWords(kind, node.settings, findObject(telling.catalog, of), telling) : ""}
            opened={nodes.length <= MANY || node.id === added}
            wrong={wrong.any}
            problems={wrong.general}
            actions={
              <>
                {linear && (
                  <>
                    <ActionIcon
                      variant="subtle"
                      color="gray"
                      disabled={at === 0}
                      aria-label={t("automation.step_up", { name: numbered.get(node.id) })}
                      onClick={() => move(at, -1)}
                    >
                      <ArrowUp size={15} />
                    </ActionIcon>
                    <ActionIcon
                      variant="subtle"
                      color="gray"
                      disabled={at === nodes.length - 1}
                      aria-label={t("automation.step_down", { name: numbered.get(node.id) })}
                      onClick={() => move(at, 1)}
                    >
                      <ArrowDown size={15} />
                    </ActionIcon>
                  </>
                )}
                <RemovePart
                  name={numbered.get(node.id) ?? ""}
                  onRemove={() =>
                    linear
                      ? onChange(
                          chained(
                            definition,
                            nodes.filter(({ id }) => id !== node.id),
                            endless,
                          ),
                        )
                      : onChange(without(definition, node.id))
                  }
                />
              </>
            }
            foot={
              !linear && (
                <PortLinks
                  node={node}
                  kind={kind}
                  ports={ports}
                  names={numbered}
                  onChange={set}
                  beside={(port) => (
                    <AddPart kinds={offered} onAdd={(made) => add(made, { id: node.id, port })}>
                      <ActionIcon
                        variant="subtle"
                        aria-label={t("automation.add_behind", { name: portName(node, port, kind, t) })}
                      >
                        <Plus size={15} />
                      </ActionIcon>
                    </AddPart>
                  )}
                />
              )
            }
          >
            {kind && (
              <>
                {!linear && (
                  <TextInput
                    label={t("automation.step_name")}
                    placeholder={label(kind.label)}
                    maxLength={60}
                    value={label(node.label)}
                    onChange={(event) => set({ ...node, label: event.currentTarget.value || undefined })}
                  />
                )}
                <PartSettings
                  key={of}
                  part={node}
                  kind={kind}
                  object={of}
                  variables={variablesOf(nodes.slice(0, at))}
                  problems={wrong.settings}
                  onChange={(settings) => set({ ...node, settings })}
                />
                {kind.settings.length === 0 && <span className={classes.quiet}>{label(kind.help)}</span>}
              </>
            )}
          </PartCard>
        );
      })}
      {(linear || nodes.length === 0) && (
        <div>
          <AddPart kinds={offered} onAdd={(kind) => add(kind, null)}>
            <Button
              variant={nodes.length === 0 ? "light" : "subtle"}
              size="xs"
              leftSection={<Plus size={14} />}
            >
              {t("automation.add_step")}
            </Button>
          </AddPart>
        </div>
      )}
    </>
  );
}

export function RemovePart({ name, onRemove }: { name: string; onRemove(): void }): ReactNode {
  const { t } = useTranslation();
  return (
    <ActionIcon
      variant="subtle"
      color="gray"
      aria-label={t("automation.remove_part", { name })}
      onClick={onRemove}
    >
      <Trash2 size={15} />
    </ActionIcon>
  );
}
