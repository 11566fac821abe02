/** region: a province, city, district or street of China. */
import { codedKind } from "../parts/coded-kind";
import { PlainDisplay } from "../parts/plain-display";
import type { Coded } from "../parts/tree";
import type { FieldKind } from "../types";
import { RegionInput } from "./input";

export const regionKind: FieldKind<Coded> = {
  ...codedKind,
  kind: "region",
  Display: PlainDisplay,
  Input: RegionInput,
  toText: (value, _, language) => (language === "en" && value?.name_en) || value?.name || value?.code || "",
  // The server reads the words: whatever it cannot find, it refuses in a sentence.
  fromText: (text) => (text.trim() === "" ? null : { code: text.trim(), name: text.trim() }),
};
