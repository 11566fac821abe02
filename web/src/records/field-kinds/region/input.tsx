/** Editor of a region: province, city, district, street. */
import { useTranslation } from "react-i18next";
import { lazily } from "@/ui/lazily";
import type { Coded } from "../parts/tree";
import type { TreeInputProps } from "../parts/tree-input";
import type { InputProps } from "../types";

const TreeInput = lazily<TreeInputProps>(() => import("../parts/tree-input"));
const LEVELS = ["province", "city", "area", "street"];
const USUAL = 2;

export function RegionInput(props: InputProps<Coded>) {
  const { t } = useTranslation();
  const at = LEVELS.indexOf(String(props.field.settings.level ?? "area"));
  return (
    <TreeInput
      {...props}
      tree="region"
      depth={at === -1 ? USUAL : at}
      levels={LEVELS.map((level) => t(`field-kinds.region_${level}`))}
      nameOf={(node) => node.full_name}
    />
  );
}
