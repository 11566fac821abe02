/** Everything around the pages: kit, dates, cache, dialogs, toasts, router. */
import { MantineProvider } from "@mantine/core";
import { DatesProvider } from "@mantine/dates";
import { QueryClientProvider } from "@tanstack/react-query";
import { RouterProvider } from "@tanstack/react-router";
import { lazy, Suspense, useMemo } from "react";
import { useTranslation } from "react-i18next";
import { queryClient } from "@/lib/query-client";
import { localizedTheme } from "./localized-theme";
import { router } from "./router";
import { cssVariables } from "./theme";

/** Toasts are kept until this is there to show them. */
const Toasts = lazy(() => import("./toasts").then((module) => ({ default: module.Toasts })));

export function App() {
  const { t, i18n } = useTranslation();
  // biome-ignore lint/correctness/useExhaustiveDependencies: words change with the language alone
  const theme = useMemo(() => localizedTheme(t), [i18n.language]);
  const chinese = i18n.language === "zh-CN";
  return (
    <MantineProvider theme={theme} cssVariablesResolver={cssVariables} defaultColorScheme="auto">
      <DatesProvider settings={{ locale: chinese ? "zh-cn" : "en", firstDayOfWeek: 1, weekendDays: [] }}>
        <QueryClientProvider client={queryClient}>
          <Suspense fallback={null}>
            <Toasts />
          </Suspense>
          <RouterProvider key={i18n.language} router={router} />
        </QueryClientProvider>
      </DatesProvider>
    </MantineProvider>
  );
}
