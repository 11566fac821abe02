/** Whether the records that refer to one are listed on its page, and under what name. */
import { Stack, Switch } from "@mantine/core";
import { useTranslation } from "react-i18next";
import type { Label } from "@/api/types";
import { LabelInputs } from "./label-inputs";
import type { KindSettingInputProps } from "./setting-props";

export function OnTheOtherSide({ field, object, settings, onChange, problem }: KindSettingInputProps) {
  const { t } = useTranslation();
  // For a new field the server finds a name by itself; an empty one means that there shall be none.
  const shown = field === null ? settings.reverse !== "" : Boolean(settings.reverse);
  const words = (settings.reverse_label as Partial<Label> | undefined) ?? object.values.plural;
  return (
    <Stack gap={8}>
      <Switch
        label={t("objects.reverse")}
        description={t("objects.reverse_help")}
        error={problem}
        checked={shown}
        onChange={(event) => {
          const { reverse: _key, reverse_label: _label, ...others } = settings;
          if (!event.currentTarget.checked) onChange(field === null ? { ...others, reverse: "" } : others);
          else
            onChange(
              field === null
                ? others
                : { ...others, reverse: `${object.key}_list`, reverse_label: words as Label },
            );
        }}
      />
      {shown && (
        <LabelInputs
          name={t("objects.reverse_label")}
          id="settings.reverse_label"
          value={words}
          onChange={(next) => onChange({ ...settings, reverse_label: next })}
        />
      )}
    </Stack>
  );
}
