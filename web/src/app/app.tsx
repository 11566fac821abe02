/** Everything around the pages: kit, dates, cache, dialogs, toasts, router. */
import { MantineProvider } from "@mantine/core";
import { DatesProvider } from "@mantine/dates";
import { Notifications } from "@mantine/notifications";
import { QueryClientProvider } from "@tanstack/react-query";
import { RouterProvider } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { queryClient } from "@/lib/query-client";
import { router } from "./router";
import { cssVariables, theme } from "./theme";

export function App() {
  const { i18n } = useTranslation();
  const chinese = i18n.language === "zh-CN";
  return (
    <MantineProvider theme={theme} cssVariablesResolver={cssVariables} defaultColorScheme="auto">
      <DatesProvider settings={{ locale: chinese ? "zh-cn" : "en", firstDayOfWeek: 1, weekendDays: [] }}>
        <QueryClientProvider client={queryClient}>
          <Notifications position="bottom-right" limit={4} zIndex={500} />
          <RouterProvider key={i18n.language} router={router} />
        </QueryClientProvider>
      </DatesProvider>
    </MantineProvider>
  );
}
