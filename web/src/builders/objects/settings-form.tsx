/** The settings of a kind as a form, made of the kind's own declaration; some kinds have a form of their own. */
import { Stack } from "@mantine/core";
import { type ComponentType, lazy, Suspense } from "react";
import type { KindSetting } from "@/api/types";
import { RowsSkeleton } from "@/ui/states";
import { AllowedOptions } from "./allowed-options";
import { OnTheOtherSide } from "./on-the-other-side";
import { settingInput } from "./setting-inputs";
import type { KindSettingInputProps, KindSettingsProps } from "./setting-props";

const OWN_FORMS: Record<string, ComponentType<KindSettingsProps>> = {
  formula: lazy(() =>
    import("../formula/formula-settings").then((module) => ({ default: module.FormulaSettings })),
  ),
  roll_up: lazy(() =>
    import("../formula/roll-up-settings").then((module) => ({ default: module.RollUpSettings })),
  ),
  lookup_value: lazy(() =>
    import("../formula/path-settings").then((module) => ({ default: module.PathSettings })),
  ),
};

/** Settings that are asked for otherwise than by their type. */
const OWN_INPUTS: Record<string, ComponentType<KindSettingInputProps>> = {
  reverse: OnTheOtherSide,
  allowed: AllowedOptions,
};
/** Settings that another input asks for, or that only the product's own objects have. */
const NOT_ASKED = new Set(["reverse_label", "open_to", "moments"]);

export function SettingsForm(props: KindSettingsProps) {
  const Own = OWN_FORMS[props.kind.key];
  if (Own) {
    return (
      <Suspense fallback={<RowsSkeleton rows={3} />}>
        <Own {...props} />
      </Suspense>
    );
  }
  const asked = props.kind.settings.filter(({ name }) => !NOT_ASKED.has(name));
  if (asked.length === 0) return null;
  return (
    <Stack gap="sm">
      {asked.map((setting) => (
        <OneSetting key={setting.name} {...props} setting={setting} />
      ))}
    </Stack>
  );
}

function OneSetting({ setting, ...props }: KindSettingsProps & { setting: KindSetting }) {
  const Input = OWN_INPUTS[setting.name] ?? settingInput(setting.type);
  return (
    <Input
      {...props}
      setting={setting}
      value={props.settings[setting.name]}
      problem={props.problems[`settings.${setting.name}`]}
      set={(value) => props.onChange({ ...props.settings, [setting.name]: value ?? undefined })}
    />
  );
}
