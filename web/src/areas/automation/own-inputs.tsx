/** Settings that are text to the server and something to choose for people: a flow, a relation, roles. */
import { MultiSelect, Select } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import type { ComponentType } from "react";
import { useTranslation } from "react-i18next";
import type { FieldSettings, KindSetting } from "@/api/types";
import { rolesQuery } from "@/builders/layouts/requests";
import { settingInput, words } from "@/builders/objects/setting-inputs";
import type { SettingInputProps } from "@/builders/objects/setting-props";
import { useObject } from "@/lib/catalog";
import { label } from "@/lib/label";
import { lazily } from "@/ui/lazily";
import { flowsQuery, mailboxNamesQuery, sharedViewsQuery, skillsQuery } from "./requests";

const RightsSetting = lazily<SettingInputProps>(async () => ({
  default: (await import("@/builders/steps/rights-setting")).RightsSetting,
}));

/** The input of a setting of a trigger or a step. */
export function inputOf(setting: KindSetting): ComponentType<SettingInputProps> {
  if (setting.type === "text") {
    if (setting.of === "flow") return FlowSetting;
    if (setting.of === "view") return ViewSetting;
    if (setting.of === "mailbox") return MailboxSetting;
    if (setting.name === "relation") return RelationSetting;
    if (setting.name === "roles") return RolesSetting;
  }
  if (setting.type === "texts" && setting.of === "skill") return SkillsSetting;
  if (setting.type === "values" && setting.name === "rights") return RightsSetting;
  return settingInput(setting.type);
}

/** Settings that matter only while another one says so: by name, the other ones' names and values. */
const DEPENDING: Record<string, [string, ...unknown[]][]> = {
  minutes: [["every", "minutes"]],
  weekday: [["every", "week"]],
  day: [["every", "month"]],
  at: [["every", undefined, "day", "week", "month"]],
  count: [["mode", "some"]],
  percent: [["mode", "vote"]],
  instead: [
    ["nobody", "instead"],
    ["empty", "members"],
  ],
};

/** Whether a setting is asked for beside the others as they stand. */
export function isAsked(
  setting: KindSetting,
  declared: readonly KindSetting[],
  settings: FieldSettings,
): boolean {
  return (DEPENDING[setting.name] ?? []).every(([other, ...values]) => {
    const ruling = declared.find(({ name }) => name === other);
    return !ruling || values.includes(settings[ruling.name] ?? ruling.default ?? undefined);
  });
}

function FlowSetting(props: SettingInputProps) {
  const flows = useQuery(flowsQuery()).data ?? [];
  return (
    <Select
      {...words(props)}
      searchable
      data={flows.filter(({ number }) => number !== null).map(({ id, name }) => ({ value: id, label: name }))}
      value={typeof props.value === "string" ? props.value : null}
      onChange={props.set}
    />
  );
}

function ViewSetting(props: SettingInputProps) {
  const views = useQuery(sharedViewsQuery()).data ?? [];
  const shared = views.filter(({ object }) => object === props.object.key);
  return (
    <Select
      {...words(props)}
      searchable
      clearable
      data={shared.map(({ id, name }) => ({ value: id, label: name }))}
      value={typeof props.value === "string" ? props.value : null}
      onChange={props.set}
    />
  );
}

function MailboxSetting(props: SettingInputProps) {
  const known = useQuery(mailboxNamesQuery()).data ?? [];
  return (
    <Select
      {...words(props)}
      searchable
      clearable
      data={known.map(({ id, name }) => ({ value: id, label: name }))}
      value={typeof props.value === "string" ? props.value : null}
      onChange={props.set}
    />
  );
}

function RelationSetting(props: SettingInputProps) {
  const object = useObject(props.object.key);
  const several = (object?.fields ?? []).filter(({ trait }) => trait === "refs");
  return (
    <Select
      {...words(props)}
      searchable
      clearable
      data={[...(object?.relations ?? []), ...several].map((one) => ({
        value: one.key,
        label: label(one.label),
      }))}
      value={typeof props.value === "string" ? props.value : null}
      onChange={props.set}
    />
  );
}

function RolesSetting(props: SettingInputProps) {
  const roles = useQuery(rolesQuery()).data ?? [];
  const { description: _, ...said } = words(props);
  const chosen = typeof props.value === "string" ? props.value.split(",").map((key) => key.trim()) : [];
  return (
    <MultiSelect
      {...said}
      searchable
      data={roles}
      value={chosen.filter((key) => roles.some(({ value }) => value === key))}
      onChange={(keys) => props.set(keys.join(",") || null)}
    />
  );
}

/** Skills by their names; one that is gone stays until it is taken out. */
function SkillsSetting(props: SettingInputProps) {
  const { t } = useTranslation();
  const known = useQuery(skillsQuery()).data ?? [];
  const chosen = (props.value as string[] | undefined) ?? [];
  return (
    <MultiSelect
      {...words(props)}
      searchable
      data={[...new Set([...known, ...chosen])]}
      nothingFoundMessage={t("automation.no_skills_yet")}
      value={chosen}
      onChange={(names) => props.set(names.length > 0 ? names : null)}
    />
  );
}
