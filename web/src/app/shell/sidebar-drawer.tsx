/** The navigation on phones, over the page. */
import { Drawer } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { useShell } from "./shell-state";
import { Sidebar } from "./sidebar";

export function SidebarDrawer() {
  const { t } = useTranslation();
  const { drawer, show } = useShell();
  return (
    <Drawer
      opened={drawer}
      onClose={() => show("drawer", false)}
      size={280}
      withCloseButton={false}
      padding={0}
      aria-label={t("app.navigation")}
    >
      <Sidebar />
    </Drawer>
  );
}
