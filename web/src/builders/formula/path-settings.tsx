/** The settings of a field shown from a related record: the way to it. */
import { Input } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { useObject } from "@/lib/catalog";
import { PathPicker } from "@/records/filter/path-picker";
import type { KindSettingsProps } from "../objects/setting-props";

export function PathSettings({ object, settings, onChange, problems }: KindSettingsProps) {
  const { t } = useTranslation();
  const own = useObject(object.key);
  if (!own) return null;
  return (
    <Input.Wrapper
      label={t("formula.path")}
      description={t("formula.path_help")}
      withAsterisk
      error={problems["settings.path"] ?? problems.settings}
    >
      <PathPicker
        object={own}
        path={typeof settings.path === "string" ? settings.path : ""}
        accepts={(field) => !own.fields.includes(field) && field.trait !== "secret"}
        onChoose={({ path }) => onChange({ path })}
        placeholder={t("formula.path_choose")}
      />
    </Input.Wrapper>
  );
}
