/** What a way out of a step is called. */
import type { TFunction } from "i18next";
import { label } from "@/lib/label";
import { ELSE, type FlowNode, OUT, type StepKind } from "./model";

export function portName(node: FlowNode, port: string, kind: StepKind | undefined, t: TFunction): string {
  if (port === OUT) return t("automation.port_out");
  if (port === ELSE) return t("automation.port_else");
  const branches = kind?.settings.find(({ type }) => type === "branches" || type === "shares");
  const given = branches && node.settings[branches.name];
  if (Array.isArray(given)) {
    const at = given.findIndex((one: { port: string }) => one.port === port);
    return label(given[at]?.label) || t("automation.port_branch", { number: at + 1 });
  }
  if (/^\d+$/.test(port)) return t("automation.port_way", { number: port });
  return t(`automation.port_${port}`, { defaultValue: port });
}
