/** Steps, triggers and sorts of deeds by their names. */
import type { TFunction } from "i18next";
import type { Hue } from "@/api/types";
import { label } from "@/lib/label";
import type { Definition, Palette } from "../model";

export function nodeName(definition: Definition, palette: Palette, id: string): string {
  const node = definition.nodes.find((one) => one.id === id);
  return named(node?.label) || label(palette.steps.find(({ key }) => key === node?.kind)?.label) || id;
}

export function triggerName(definition: Definition, palette: Palette, id: string): string {
  const trigger = definition.triggers.find((one) => one.id === id);
  return label(palette.triggers.find(({ key }) => key === trigger?.kind)?.label) || id;
}

const named = (given: unknown) =>
  typeof given === "string" ? given : label((given ?? undefined) as Record<string, string> | undefined);

const DEEDS = [
  "mail",
  "notification",
  "task",
  "note",
  "http",
  "create",
  "update",
  "delete",
  "assign",
  "tag",
  "approval",
  "copy",
  "flow",
  "action",
  "form",
  "link",
  "unlink",
  "step",
] as const;

export function deedName(what: string, t: TFunction): string {
  const known = DEEDS.find((one) => one === what);
  return known ? t(`automation.deed_${known}`) : what;
}

export const STATE_HUES: Record<string, Hue> = { done: "green", waiting: "violet", failed: "red" };
