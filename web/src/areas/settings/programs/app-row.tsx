/** One registered app: what it is, what it may ask for, and what can be done with it. */
import { ActionIcon, Anchor, Menu } from "@mantine/core";
import { AppWindow, Ellipsis, KeyRound, Pencil, Trash2, UsersRound } from "lucide-react";
import { useTranslation } from "react-i18next";
import type { AppState } from "@/api/types";
import { formatNumber } from "@/lib/format";
import { Chip } from "@/ui/chip";
import own from "./apps.module.css";
import { Copied } from "./copied";
import classes from "./programs.module.css";
import { ScopeList } from "./scope-list";

export type AppTask = "edit" | "secret" | "grants" | "remove";

export function AppRow({ app, onTask }: { app: AppState; onTask(task: AppTask): void }) {
  const { t } = useTranslation();
  return (
    <li className={own.app}>
      <AppWindow size={18} strokeWidth={1.75} className={classes.icon} aria-hidden />
      <div className={classes.words}>
        <span className={own.named}>
          <button type="button" className={classes.nameButton} onClick={() => onTask("edit")}>
            {app.name}
          </button>
          <Chip>{t(app.confidential ? "programs.confidential" : "programs.public")}</Chip>
          {app.website && (
            <Anchor href={app.website} target="_blank" rel="noreferrer" size="xs">
              {app.website}
            </Anchor>
          )}
        </span>
        {app.description && <span className={classes.detail}>{app.description}</span>}
        <ScopeList scopes={app.scopes} />
        <span className={classes.quiet}>
          {t("programs.client_id")} <Copied name={t("programs.client_id")} value={app.client_id} />
        </span>
        <span className={classes.quiet}>
          {t("programs.goes_back_to", { addresses: app.redirect_uris.join(t("programs.between")) })}
        </span>
        <button type="button" className={own.quietButton} onClick={() => onTask("grants")}>
          {t("programs.allowed_by", { count: app.members, number: formatNumber(app.members) })}
        </button>
      </div>
      <Menu position="bottom-end">
        <Menu.Target>
          <ActionIcon variant="subtle" color="gray" aria-label={t("programs.actions_of", { name: app.name })}>
            <Ellipsis size={16} />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item leftSection={<Pencil size={15} />} onClick={() => onTask("edit")}>
            {t("programs.edit")}
          </Menu.Item>
          <Menu.Item leftSection={<UsersRound size={15} />} onClick={() => onTask("grants")}>
            {t("programs.who_allowed")}
          </Menu.Item>
          {app.confidential && (
            <Menu.Item leftSection={<KeyRound size={15} />} onClick={() => onTask("secret")}>
              {t("programs.new_secret")}
            </Menu.Item>
          )}
          <Menu.Item color="red" leftSection={<Trash2 size={15} />} onClick={() => onTask("remove")}>
            {t("programs.remove")}
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
    </li>
  );
}
