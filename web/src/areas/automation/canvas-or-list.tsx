/** Whether something is shown on the canvas or as a list. */
import { SegmentedControl } from "@mantine/core";
import { useTranslation } from "react-i18next";

interface CanvasOrListProps {
  /** What is chosen here. */
  name: string;
  /** What the list is called. */
  list: string;
  listed: boolean;
  onList(listed: boolean): void;
}

export function CanvasOrList({ name, list, listed, onList }: CanvasOrListProps) {
  const { t } = useTranslation();
  return (
    <SegmentedControl
      size="xs"
      mb="sm"
      aria-label={name}
      data={[
        { value: "canvas", label: t("automation.design_canvas") },
        { value: "list", label: list },
      ]}
      value={listed ? "list" : "canvas"}
      onChange={(value) => onList(value === "list")}
    />
  );
}
