/** The objects that the member may create, as a menu. */
import { Menu } from "@mantine/core";
import { useCatalog } from "@/lib/catalog";
import { label } from "@/lib/label";
import { openCreateDialog } from "@/records/form/create-dialog";
import { IconByName } from "@/ui/icon-by-name";
import type { DemandedMenu } from "./menu-on-demand";
import { creatableObjects } from "./navigation";
import { OpenedMenu } from "./opened-menu";

export function QuickCreateItems(menu: DemandedMenu) {
  const objects = creatableObjects(useCatalog());
  const items = objects.map((object) => (
    <Menu.Item
      key={object.key}
      leftSection={<IconByName name={object.icon} />}
      onClick={() => openCreateDialog(object.key)}
    >
      {label(object.label)}
    </Menu.Item>
  ));
  return <OpenedMenu {...menu} items={items} />;
}
