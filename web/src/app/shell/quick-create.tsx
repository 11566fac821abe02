/** "+ 新建": any object the member may create, from anywhere. */
import { ActionIcon, Button } from "@mantine/core";
import { Plus } from "lucide-react";
import { useTranslation } from "react-i18next";
import { useCatalog } from "@/lib/catalog";
import { demanded, MenuOnDemand } from "./menu-on-demand";
import { creatableObjects } from "./navigation";

/** The menu alone, for the button of the place it stands at. */
export const CREATABLE = demanded(() =>
  import("./quick-create-items").then((module) => module.QuickCreateItems),
);

export function QuickCreate({ rail }: { rail?: boolean }) {
  const { t } = useTranslation();
  if (creatableObjects(useCatalog()).length === 0) return null;
  return (
    <MenuOnDemand of={CREATABLE} position="right-start" width={220}>
      {rail ? (
        <ActionIcon size={34} style={{ width: "100%" }} aria-label={t("app.new")}>
          <Plus size={16} />
        </ActionIcon>
      ) : (
        <Button fullWidth leftSection={<Plus size={16} />} style={{ flex: "none" }}>
          {t("app.new")}
        </Button>
      )}
    </MenuOnDemand>
  );
}
