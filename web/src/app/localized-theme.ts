/** The words that the kit's own parts carry: names of their buttons, months in the calendar. */
import { mergeThemeOverrides } from "@mantine/core";
import type { TFunction } from "i18next";
import { theme } from "./theme";

const CALENDARS = ["DatePicker", "DatePickerInput", "DateInput", "DateTimePicker", "MonthPickerInput"];

export function localizedTheme(t: TFunction) {
  const calendar = {
    defaultProps: {
      monthLabelFormat: t("app.month_format"),
      yearLabelFormat: t("app.year_format"),
      ariaLabels: {
        nextMonth: t("app.next_month"),
        previousMonth: t("app.previous_month"),
        nextYear: t("app.next_year"),
        previousYear: t("app.previous_year"),
        nextDecade: t("app.next_decade"),
        previousDecade: t("app.previous_decade"),
        monthLevelControl: t("app.choose_month"),
        yearLevelControl: t("app.choose_year"),
      },
    },
  };
  const nothingFound = { defaultProps: { nothingFoundMessage: t("app.palette_nothing") } };
  return mergeThemeOverrides(theme, {
    components: {
      CloseButton: { defaultProps: { "aria-label": t("ui.close") } },
      PasswordInput: {
        defaultProps: { visibilityToggleButtonProps: { "aria-label": t("app.show_password") } },
      },
      Select: nothingFound,
      MultiSelect: nothingFound,
      ...Object.fromEntries(CALENDARS.map((name) => [name, calendar])),
    },
  });
}
