/** Branches: each with a name and the condition under which it is taken; the first that holds is. */
import { Group, TextInput } from "@mantine/core";
import { useTranslation } from "react-i18next";
import type { Label } from "@/api/types";
import { useObject } from "@/lib/catalog";
import { label as inWords } from "@/lib/label";
import type { Condition } from "../layouts/model";
import type { SettingInputProps } from "../objects/setting-props";
import { NamedCondition } from "./condition-setting";
import { freeName, ListSetting } from "./list-setting";
import classes from "./steps.module.css";

export interface BranchOf {
  port: string;
  label?: string | Partial<Label>;
  when: Condition;
}

const MOST = 20;

export function BranchesSetting(props: SettingInputProps) {
  const { t } = useTranslation();
  const object = useObject(props.object.key);
  return (
    <ListSetting<BranchOf>
      of={props}
      most={MOST}
      add={t("steps.add_branch")}
      fresh={(others) => ({
        port: freeName(
          "b",
          others.map(({ port }) => port),
        ),
        when: null,
      })}
      keyOf={({ port }) => port}
      called={({ label }, at) => inWords(label) || t("steps.branch", { number: at + 1 })}
      removeLabel={(name) => t("steps.remove_branch", { name })}
    >
      {({ row, at, change, tools }) => (
        <>
          <div className={classes.branchHead}>
            <TextInput
              className={classes.grow}
              label={t("steps.branch_name")}
              placeholder={t("steps.branch", { number: at + 1 })}
              maxLength={60}
              value={inWords(row.label)}
              onChange={(event) => change({ label: event.currentTarget.value })}
            />
            <Group gap={2} wrap="nowrap">
              {tools}
            </Group>
          </div>
          {object && (
            <NamedCondition
              object={object}
              name={t("steps.branch_when")}
              value={row.when ?? null}
              always={false}
              onChange={(when) => change({ when })}
            />
          )}
        </>
      )}
    </ListSetting>
  );
}
