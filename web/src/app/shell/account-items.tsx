/** What the account's menu offers: profile, language, look, sessions, other workspaces, sign out. */
import { Menu, useMantineColorScheme } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { Link, useNavigate } from "@tanstack/react-router";
import { Check, Laptop, LogOut, Moon, Repeat, Sun, UserRound } from "lucide-react";
import { useTranslation } from "react-i18next";
import type { Theme } from "@/api/types";
import { signOut } from "@/lib/auth";
import { LANGUAGES } from "@/lib/language";
import { sessionQuery, useMe } from "@/lib/me";
import { queryClient } from "@/lib/query-client";
import { LANGUAGE_NAMES, useSettings } from "@/lib/settings";
import { currentWorkspace } from "@/lib/workspace";
import { Avatar } from "@/ui/avatar";
import { toastError } from "@/ui/toast";
import classes from "./account-menu.module.css";
import type { DemandedMenu } from "./menu-on-demand";
import { OpenedMenu } from "./opened-menu";

const THEMES: { key: Theme; icon: typeof Sun }[] = [
  { key: "light", icon: Sun },
  { key: "dark", icon: Moon },
  { key: "system", icon: Laptop },
];

export function AccountItems(menu: DemandedMenu) {
  return <OpenedMenu {...menu} items={<Items />} />;
}

function Items() {
  const { t, i18n } = useTranslation();
  const me = useMe();
  const { data: session } = useQuery(sessionQuery());
  const { colorScheme } = useMantineColorScheme();
  const { changeLanguage, changeTheme } = useSettings();
  const navigate = useNavigate();
  const ws = currentWorkspace();
  const theme: Theme = colorScheme === "auto" ? "system" : colorScheme;
  const others = (session?.workspaces ?? []).filter((workspace) => workspace.slug !== ws);

  const leave = async () => {
    try {
      await signOut();
      queryClient.clear();
      await navigate({ to: "/sign-in" });
    } catch (error) {
      toastError(error);
    }
  };

  return (
    <>
      <div className={classes.card}>
        <Avatar name={me.member.name} size={32} />
        <span className={classes.names}>
          <span className={classes.workspace}>{me.member.name}</span>
          <span className={classes.person}>{me.account.email}</span>
        </span>
      </div>
      <Menu.Item
        leftSection={<UserRound size={16} />}
        renderRoot={(props) => <Link to="/w/$ws/settings/profile" params={{ ws }} {...props} />}
      >
        {t("app.profile")}
      </Menu.Item>
      {!me.view_as && (
        <Menu.Item
          leftSection={<Laptop size={16} />}
          renderRoot={(props) => <Link to="/w/$ws/settings/sessions" params={{ ws }} {...props} />}
        >
          {t("app.sessions")}
        </Menu.Item>
      )}
      <Menu.Label>{t("app.language")}</Menu.Label>
      {LANGUAGES.map((language) => (
        <Menu.Item
          key={language}
          lang={language}
          onClick={() => changeLanguage(language)}
          rightSection={i18n.language === language && <Check size={14} aria-label={t("app.chosen")} />}
        >
          {LANGUAGE_NAMES[language]}
        </Menu.Item>
      ))}
      <Menu.Label>{t("app.theme")}</Menu.Label>
      {THEMES.map(({ key, icon: Icon }) => (
        <Menu.Item
          key={key}
          leftSection={<Icon size={16} />}
          onClick={() => changeTheme(key)}
          rightSection={theme === key && <Check size={14} aria-label={t("app.chosen")} />}
        >
          {t(`app.theme_${key}`)}
        </Menu.Item>
      ))}
      {others.length > 0 && <Menu.Label>{t("app.other_workspaces")}</Menu.Label>}
      {others.map((workspace) => (
        <Menu.Item
          key={workspace.slug}
          component="a"
          href={`/w/${workspace.slug}`}
          leftSection={<Repeat size={16} />}
        >
          {workspace.name}
        </Menu.Item>
      ))}
      <Menu.Divider />
      <Menu.Item leftSection={<LogOut size={16} />} onClick={leave}>
        {t("app.sign_out")}
      </Menu.Item>
    </>
  );
}
