/** industry: a class of GB/T 4754. */
import { codedKind } from "../parts/coded-kind";
import type { Coded } from "../parts/tree";
import type { FieldKind } from "../types";
import { IndustryDisplay } from "./display";
import { IndustryInput } from "./input";

export const industryKind: FieldKind<Coded> = {
  ...codedKind,
  kind: "industry",
  Display: IndustryDisplay,
  Input: IndustryInput,
  toText: (value) => (value?.code ? `${value.code} ${value.name}`.trim() : ""),
  fromText: (text) => {
    const words = text.trim();
    if (words === "") return null;
    const [, code = words, name = words] = /^([A-T]?\d{0,4})\s+(.+)$/.exec(words) ?? [];
    return { code, name };
  },
};
