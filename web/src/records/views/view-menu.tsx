/** What one does with a view: rename, copy, share, make it the first one, delete. */
import { Menu } from "@mantine/core";
import { Check, ChevronDown, Copy, Lock, PencilLine, Share2, Star, Trash2 } from "lucide-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { CatalogObject } from "@/api/types";
import { ConfirmDanger } from "@/ui/confirm-danger";
import { defaultViewId, setDefaultView } from "./default-view";
import type { View } from "./view-model";
import classes from "./views.module.css";

export function ViewMenu({
  object,
  view,
  own,
  onRename,
  onCopy,
  onShare,
  onDelete,
}: {
  object: CatalogObject;
  view: View;
  /** The member may change this view. */
  own: boolean;
  onRename(): void;
  /** Absent for those who may keep no views. */
  onCopy: (() => void) | undefined;
  onShare(shared: boolean): void;
  onDelete(): Promise<void>;
}) {
  const { t } = useTranslation();
  const [isDefault, setIsDefault] = useState(() => (defaultViewId(object.key) ?? "all") === view.id);
  const [asking, setAsking] = useState(false);
  const icon = { size: 14 };
  return (
    <>
      <Menu position="bottom-start" shadow="md" withinPortal>
        <Menu.Target>
          <button type="button" className={classes.menuButton} aria-label={t("views.menu")}>
            <ChevronDown size={14} aria-hidden />
          </button>
        </Menu.Target>
        <Menu.Dropdown>
          {own && (
            <Menu.Item leftSection={<PencilLine {...icon} />} onClick={onRename}>
              {t("views.rename")}
            </Menu.Item>
          )}
          {onCopy && (
            <Menu.Item leftSection={<Copy {...icon} />} onClick={onCopy}>
              {t("views.copy")}
            </Menu.Item>
          )}
          {own && (
            <Menu.Item
              leftSection={view.shared ? <Lock {...icon} /> : <Share2 {...icon} />}
              onClick={() => onShare(!view.shared)}
            >
              {t(view.shared ? "views.unshare" : "views.share")}
            </Menu.Item>
          )}
          <Menu.Item
            leftSection={isDefault ? <Check {...icon} /> : <Star {...icon} />}
            disabled={isDefault}
            onClick={() => {
              setDefaultView(object.key, view.id === "all" ? null : view.id);
              setIsDefault(true);
            }}
          >
            {t(isDefault ? "views.is_default" : "views.make_default")}
          </Menu.Item>
          {own && (
            <>
              <Menu.Divider />
              <Menu.Item color="red" leftSection={<Trash2 {...icon} />} onClick={() => setAsking(true)}>
                {t("views.delete")}
              </Menu.Item>
            </>
          )}
        </Menu.Dropdown>
      </Menu>
      <ConfirmDanger
        opened={asking}
        title={t("views.delete_title", { name: view.name })}
        confirmLabel={t("views.delete")}
        onConfirm={onDelete}
        onClose={() => setAsking(false)}
      >
        {t("views.delete_text")}
      </ConfirmDanger>
    </>
  );
}
