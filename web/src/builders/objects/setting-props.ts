/** What every input of settings is given. */
import type { Field, FieldSettings, KindCard, KindSetting } from "@/api/types";
import type { DesignedField, DesignedWhole } from "./model";

/** Where settings stand: in a kind of field of an object that is designed, or in a step or trigger of a flow. */
interface SettingContext {
  /** Whose settings they are. */
  kind: { key: string };
  object: { key: string };
  /** Null while the field is new, and where the settings are no field's. */
  field: DesignedField | null;
  settings: FieldSettings;
  onChange(settings: FieldSettings): void;
  /** Sentences of the server by attribute. */
  problems: Record<string, string>;
  /** Which fields a setting may name, where it is not the kind of field that says so. */
  accepts?(setting: KindSetting, field: Field): boolean;
  /** Names under which earlier steps remember records. */
  variables?: readonly string[];
}

export interface KindSettingsProps extends SettingContext {
  kind: KindCard;
  object: DesignedWhole;
}

interface Asked {
  setting: KindSetting;
  value: unknown;
  problem: string | undefined;
  set(value: unknown): void;
}

export type SettingInputProps = SettingContext & Asked;
export type KindSettingInputProps = KindSettingsProps & Asked;
