/** Language and look of the member. */
import { SegmentedControl, Stack, useMantineColorScheme } from "@mantine/core";
import { getRouteApi } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import type { Language, Theme } from "@/api/types";
import { LANGUAGES } from "@/lib/language";
import { useMe } from "@/lib/me";
import { LANGUAGE_NAMES, useSettings } from "@/lib/settings";
import { usePageTitle } from "@/lib/use-page-title";
import { Avatar } from "@/ui/avatar";
import { Card } from "@/ui/card";
import { Page, PageHeader } from "@/ui/page";
import { OwnDelegations } from "./own-delegations";
import classes from "./profile-page.module.css";

const route = getRouteApi("/w/$ws/settings/profile");
const THEMES: Theme[] = ["light", "dark", "system"];

export function ProfilePage() {
  const { t, i18n } = useTranslation();
  const me = useMe();
  const { colorScheme } = useMantineColorScheme();
  const { changeLanguage, changeTheme } = useSettings();
  usePageTitle(t("settings.profile"));
  return (
    <Page header={<PageHeader title={t("settings.profile")} />} width={680}>
      <section className={classes.person}>
        <Avatar name={me.member.name} size={56} />
        <div>
          <p className={classes.name}>{me.member.name}</p>
          <p className={classes.detail}>
            {[me.account.email, me.member.department?.title].filter(Boolean).join(" · ")}
          </p>
        </div>
      </section>
      <Card title={t("settings.look")}>
        <Stack gap="md">
          <Choice
            name={t("settings.language")}
            value={i18n.language}
            options={LANGUAGES.map((language) => ({ value: language, label: LANGUAGE_NAMES[language] }))}
            onChange={(language) => changeLanguage(language as Language)}
          />
          <Choice
            name={t("settings.theme")}
            value={colorScheme === "auto" ? "system" : colorScheme}
            options={THEMES.map((theme) => ({ value: theme, label: t(`settings.theme_${theme}`) }))}
            onChange={(theme) => changeTheme(theme as Theme)}
          />
        </Stack>
      </Card>
      <OwnDelegations isAsked={route.useSearch().delegate === true} />
    </Page>
  );
}

function Choice({
  name,
  value,
  options,
  onChange,
}: {
  name: string;
  value: string;
  options: { value: string; label: string }[];
  onChange: (value: string) => void;
}) {
  return (
    <div className={classes.choice}>
      <span>{name}</span>
      <SegmentedControl aria-label={name} value={value} data={options} onChange={onChange} />
    </div>
  );
}
