/** The settings of the chosen trigger or step, beside the canvas. */
import { ActionIcon, Textarea, TextInput } from "@mantine/core";
import { X } from "lucide-react";
import { useEffect, useRef } from "react";
import { useTranslation } from "react-i18next";
import { label } from "@/lib/label";
import { hueStyle } from "@/ui/chip";
import {
  type Definition,
  type FlowNode,
  type FlowTrigger,
  inOrder,
  type PartKind,
  tidied,
  variablesOf,
} from "../model";
import { objectsOf } from "../objects-of";
import { hueOf } from "../part-hue";
import { PartIcon } from "../part-icon";
import { PartSettings } from "../part-settings";
import { PortLinks } from "../port-links";
import type { Problems } from "../use-check";
import type { Telling } from "../words";
import classes from "./canvas.module.css";
import { allPorts, type Kinds } from "./shape";
import { nameOf } from "./view";

export function StepPanel({
  id,
  definition,
  telling,
  kinds,
  problems,
  onChange,
  onClose,
}: {
  id: string;
  definition: Definition;
  telling: Telling;
  kinds: Kinds;
  problems: Problems;
  onChange(definition: Definition): void;
  onClose(): void;
}) {
  const { t } = useTranslation();
  const panel = useRef<HTMLElement>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: whenever another part is opened
  useEffect(() => panel.current?.focus({ preventScroll: true }), [id]);
  const node = definition.nodes.find((one) => one.id === id);
  const trigger = definition.triggers.find((one) => one.id === id);
  const part: FlowNode | FlowTrigger | undefined = node ?? trigger;
  if (!part) return null;
  const kind: PartKind | undefined = node
    ? kinds.get(node.kind)
    : telling.palette.triggers.find(({ key }) => key === part.kind);
  const name = node ? nameOf(node, kinds.get(node.kind)) : label(kind?.label) || part.kind;
  const wrong = problems.of(id);
  return (
    <aside
      ref={panel}
      tabIndex={-1}
      className={classes.panel}
      aria-label={t("automation.canvas_settings", { name })}
      onKeyDown={(event) => {
        if (event.key === "Escape" && !event.defaultPrevented) onClose();
      }}
    >
      <div className={classes.panelHead}>
        <span className={classes.sign} style={hueStyle(node ? hueOf(kinds.get(node.kind)?.group) : "blue")}>
          <PartIcon name={kind?.icon ?? "box"} />
        </span>
        <h2 className={classes.panelName} title={name}>
          {name}
        </h2>
        <ActionIcon variant="subtle" color="gray" aria-label={t("ui.close")} onClick={onClose}>
          <X size={16} />
        </ActionIcon>
      </div>
      <div className={classes.panelBody}>
        {wrong.general.map((problem) => (
          <p key={problem} className={classes.problem}>
            {problem}
          </p>
        ))}
        {kind && <p className={classes.help}>{label(kind.help)}</p>}
        {node ? (
          <StepFields
            node={node}
            definition={definition}
            telling={telling}
            kinds={kinds}
            problems={wrong.settings}
            onChange={onChange}
          />
        ) : (
          kind && (
            <PartSettings
              key={`${definition.object} ${part.id}`}
              part={part}
              kind={kind}
              object={definition.object ?? ""}
              variables={[]}
              problems={wrong.settings}
              onChange={(settings) =>
                onChange({
                  ...definition,
                  triggers: definition.triggers.map((one) => (one.id === id ? { ...one, settings } : one)),
                })
              }
            />
          )
        )}
      </div>
    </aside>
  );
}

function StepFields({
  node,
  definition,
  telling,
  kinds,
  problems,
  onChange,
}: {
  node: FlowNode;
  definition: Definition;
  telling: Telling;
  kinds: Kinds;
  problems: Record<string, string>;
  onChange(definition: Definition): void;
}) {
  const { t } = useTranslation();
  const kind = kinds.get(node.kind);
  const of = objectsOf(definition, telling.catalog).get(node.id) ?? definition.object ?? "";
  const ordered = inOrder(definition);
  const names = new Map(ordered.map((one, at) => [one.id, `${at + 1}. ${nameOf(one, kinds.get(one.kind))}`]));
  const set = (next: FlowNode) =>
    onChange(
      tidied(
        { ...definition, nodes: definition.nodes.map((one) => (one.id === next.id ? next : one)) },
        kinds,
      ),
    );
  return (
    <>
      <TextInput
        label={t("automation.step_name")}
        placeholder={label(kind?.label)}
        maxLength={60}
        value={label(node.label)}
        onChange={(event) => set({ ...node, label: event.currentTarget.value || undefined })}
      />
      {kind && (
        <PartSettings
          key={`${of} ${node.id}`}
          part={node}
          kind={kind}
          object={of}
          variables={variablesOf(ordered.slice(0, ordered.indexOf(node)))}
          problems={problems}
          onChange={(settings) => set({ ...node, settings })}
        />
      )}
      <fieldset className={classes.group}>
        <legend className={classes.legend}>{t("automation.canvas_onward")}</legend>
        <PortLinks node={node} kind={kind} ports={allPorts(node, kinds)} names={names} onChange={set} />
      </fieldset>
      <Textarea
        label={t("automation.canvas_remark")}
        autosize
        minRows={1}
        maxRows={6}
        maxLength={1_000}
        value={node.note ?? ""}
        onChange={(event) => set({ ...node, note: event.currentTarget.value || undefined })}
      />
    </>
  );
}
