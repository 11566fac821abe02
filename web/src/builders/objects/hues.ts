/** The ten hues in the order in which people choose among them. */
import type { Hue } from "@/api/types";

export const HUES: Hue[] = [
  "slate",
  "blue",
  "violet",
  "cyan",
  "green",
  "lime",
  "amber",
  "orange",
  "red",
  "pink",
];
