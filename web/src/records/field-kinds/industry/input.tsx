/** Editor of an industry: section, division, group, class. */
import { useTranslation } from "react-i18next";
import { lazily } from "@/ui/lazily";
import type { Coded } from "../parts/tree";
import type { TreeInputProps } from "../parts/tree-input";
import type { InputProps } from "../types";

const TreeInput = lazily<TreeInputProps>(() => import("../parts/tree-input"));
const LEVELS = ["section", "division", "group", "class"];

export function IndustryInput(props: InputProps<Coded>) {
  const { t } = useTranslation();
  return (
    <TreeInput
      {...props}
      tree="industry"
      depth={LEVELS.length - 1}
      levels={LEVELS.map((level) => t(`field-kinds.industry_${level}`))}
      nameOf={(node) => node.name}
    />
  );
}
