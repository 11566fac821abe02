/** Where each way out of a step leads, to be chosen from the other steps. */
import { Select } from "@mantine/core";
import { CornerDownRight } from "lucide-react";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import classes from "./automation.module.css";
import type { FlowNode, StepKind } from "./model";
import { portName } from "./port-name";

export function PortLinks({
  node,
  kind,
  ports,
  names,
  beside,
  onChange,
}: {
  node: FlowNode;
  kind: StepKind | undefined;
  ports: readonly string[];
  /** What the steps are called, by their ids. */
  names: ReadonlyMap<string, string>;
  /** What stands beside the choice. */
  beside?(port: string): ReactNode;
  onChange(node: FlowNode): void;
}) {
  const { t } = useTranslation();
  if (ports.length === 0) return null;
  return (
    <div className={classes.ports}>
      {ports.map((port) => (
        <div className={classes.port} key={port}>
          <span className={`${classes.quiet} ${classes.portName}`}>{portName(node, port, kind, t)}</span>
          <Select
            size="xs"
            aria-label={t("automation.leads_to", { name: portName(node, port, kind, t) })}
            leftSection={<CornerDownRight size={13} aria-hidden />}
            allowDeselect={false}
            data={[
              { value: "", label: t("automation.ends_here") },
              ...[...names]
                .filter(([id]) => id !== node.id)
                .map(([id, name]) => ({ value: id, label: name })),
            ]}
            value={node.next[port] ?? ""}
            onChange={(target) => {
              const { [port]: _, ...others } = node.next;
              onChange({ ...node, next: target ? { ...others, [port]: target } : others });
            }}
          />
          {beside?.(port)}
        </div>
      ))}
    </div>
  );
}
