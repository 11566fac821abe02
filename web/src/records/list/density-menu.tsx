/** The height of rows. */
import { ActionIcon, Menu, Tooltip } from "@mantine/core";
import { Check, Rows3 } from "lucide-react";
import { useTranslation } from "react-i18next";
import type { Density } from "../query/list-state";

const DENSITIES: Density[] = ["compact", "default", "comfortable"];

export function DensityMenu({ density, onChange }: { density: Density; onChange(density: Density): void }) {
  const { t } = useTranslation();
  return (
    <Menu position="bottom-start" shadow="md" withinPortal>
      <Menu.Target>
        <Tooltip label={t("list.density")}>
          <ActionIcon variant="default" size={34} aria-label={t("list.density")}>
            <Rows3 size={16} />
          </ActionIcon>
        </Tooltip>
      </Menu.Target>
      <Menu.Dropdown>
        {DENSITIES.map((each) => (
          <Menu.Item
            key={each}
            rightSection={each === density && <Check size={14} />}
            onClick={() => onChange(each)}
          >
            {t(`list.density_${each}`)}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}
