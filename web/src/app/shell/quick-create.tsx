/** "+ 新建": any object the member may create, from anywhere. */
import { ActionIcon, Button, Menu } from "@mantine/core";
import { Plus } from "lucide-react";
import { useTranslation } from "react-i18next";
import { useCatalog } from "@/lib/catalog";
import { label } from "@/lib/label";
import { openCreateDialog } from "@/records/form/create-dialog";
import { IconByName } from "@/ui/icon-by-name";
import { creatableObjects } from "./navigation";

export function QuickCreate({ rail }: { rail?: boolean }) {
  const { t } = useTranslation();
  const objects = creatableObjects(useCatalog());
  if (objects.length === 0) return null;
  return (
    <Menu position="right-start" width={220} withinPortal>
      <Menu.Target>
        {rail ? (
          <ActionIcon size={34} style={{ width: "100%" }} aria-label={t("app.new")}>
            <Plus size={16} />
          </ActionIcon>
        ) : (
          <Button fullWidth leftSection={<Plus size={16} />} style={{ flex: "none" }}>
            {t("app.new")}
          </Button>
        )}
      </Menu.Target>
      <QuickCreateItems />
    </Menu>
  );
}

/** The menu's content, also under the plus of the phone's bottom bar. */
export function QuickCreateItems() {
  const objects = creatableObjects(useCatalog());
  return (
    <Menu.Dropdown>
      {objects.map((object) => (
        <Menu.Item
          key={object.key}
          leftSection={<IconByName name={object.icon} />}
          onClick={() => openCreateDialog(object.key)}
        >
          {label(object.label)}
        </Menu.Item>
      ))}
    </Menu.Dropdown>
  );
}
