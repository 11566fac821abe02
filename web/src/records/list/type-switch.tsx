/** Table or board; the filter stays. */
import { SegmentedControl, VisuallyHidden } from "@mantine/core";
import { SquareKanban, Table2 } from "lucide-react";
import { useTranslation } from "react-i18next";
import type { ViewType } from "../query/list-state";

const ICONS = { table: Table2, board: SquareKanban };

export function TypeSwitch({ type, onChange }: { type: ViewType; onChange(type: ViewType): void }) {
  const { t } = useTranslation();
  const option = (value: ViewType) => {
    const Icon = ICONS[value];
    return {
      value,
      label: (
        <span style={{ display: "flex" }} title={t(`list.type_${value}`)}>
          <Icon size={16} aria-hidden />
          <VisuallyHidden>{t(`list.type_${value}`)}</VisuallyHidden>
        </span>
      ),
    };
  };
  return (
    <SegmentedControl
      size="xs"
      aria-label={t("list.type")}
      data={[option("table"), option("board")]}
      value={type}
      onChange={(next) => onChange(next as ViewType)}
    />
  );
}
