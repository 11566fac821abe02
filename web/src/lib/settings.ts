/** Language and look of the screens: applied at once here, remembered with the member where there is one. */
import { useMantineColorScheme } from "@mantine/core";
import { useQueryClient } from "@tanstack/react-query";
import { useEffect } from "react";
import type { Language, Theme } from "@/api/types";
import { setLanguage } from "./i18n";
import { useUpdateMe } from "./me";

export const LANGUAGE_NAMES: Record<Language, string> = { "zh-CN": "简体中文", en: "English" };

const colorScheme = (theme: Theme) => (theme === "system" ? "auto" : theme);

/** For screens inside a workspace. */
export function useSettings() {
  const client = useQueryClient();
  const { mutateAsync: updateMe } = useUpdateMe();
  const { setColorScheme } = useMantineColorScheme();
  return {
    async changeLanguage(language: Language) {
      await updateMe({ language }).catch(() => undefined);
      await setLanguage(language);
      await client.invalidateQueries();
    },
    async changeTheme(theme: Theme) {
      setColorScheme(colorScheme(theme));
      await updateMe({ theme }).catch(() => undefined);
    },
  };
}

/** Shows the look the member chose on another device, once it is known. */
export function useMemberTheme(theme: Theme | null): void {
  const { setColorScheme } = useMantineColorScheme();
  // biome-ignore lint/correctness/useExhaustiveDependencies: only a changed setting is applied, not a new function
  useEffect(() => {
    if (theme) setColorScheme(colorScheme(theme));
  }, [theme]);
}
