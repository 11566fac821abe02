/** The colour of a step, by the group of its kind. */
import type { Hue } from "@/api/types";

const HUES: Record<string, Hue> = {
  logic: "violet",
  record: "green",
  people: "amber",
  message: "cyan",
  outside: "orange",
};

export const hueOf = (group: string | undefined): Hue => HUES[group ?? ""] ?? "slate";
