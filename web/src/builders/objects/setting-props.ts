/** What every input of settings is given. */
import type { FieldSettings, KindCard, KindSetting } from "@/api/types";
import type { DesignedField, DesignedWhole } from "./model";

export interface KindSettingsProps {
  kind: KindCard;
  object: DesignedWhole;
  /** Null while the field is new. */
  field: DesignedField | null;
  settings: FieldSettings;
  onChange(settings: FieldSettings): void;
  /** Sentences of the server by attribute. */
  problems: Record<string, string>;
}

export interface SettingInputProps extends KindSettingsProps {
  setting: KindSetting;
  value: unknown;
  problem: string | undefined;
  set(value: unknown): void;
}
