/** Branches: each with a name and the condition under which it is taken; the first that holds is. */
import { ActionIcon, Button, Group, Input, Stack, TextInput } from "@mantine/core";
import { ArrowUp, Plus, X } from "lucide-react";
import { useTranslation } from "react-i18next";
import type { Label } from "@/api/types";
import { useObject } from "@/lib/catalog";
import { label as inWords } from "@/lib/label";
import type { Condition } from "../layouts/model";
import { words } from "../objects/setting-inputs";
import type { SettingInputProps } from "../objects/setting-props";
import { NamedCondition } from "./condition-setting";
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
  const { label: name, ...rest } = words(props);
  const branches = (props.value as BranchOf[] | undefined) ?? [];
  const keep = (next: BranchOf[]) => props.set(next.length > 0 ? next : null);
  const change = (at: number, part: Partial<BranchOf>) =>
    keep(branches.map((one, place) => (place === at ? { ...one, ...part } : one)));
  return (
    <Input.Wrapper {...rest} label={name} labelElement="div">
      <Stack gap={8} mt={4}>
        {branches.map((branch, at) => {
          const called = inWords(branch.label) || t("steps.branch", { number: at + 1 });
          return (
            <div className={classes.branch} key={branch.port}>
              <div className={classes.branchHead}>
                <TextInput
                  className={classes.grow}
                  label={t("steps.branch_name")}
                  placeholder={t("steps.branch", { number: at + 1 })}
                  maxLength={60}
                  value={inWords(branch.label)}
                  onChange={(event) => change(at, { label: event.currentTarget.value })}
                />
                <Group gap={2} wrap="nowrap">
                  <ActionIcon
                    variant="subtle"
                    color="gray"
                    disabled={at === 0}
                    aria-label={t("steps.branch_up", { name: called })}
                    onClick={() => {
                      const next = [...branches];
                      next.splice(at - 1, 0, ...next.splice(at, 1));
                      keep(next);
                    }}
                  >
                    <ArrowUp size={15} />
                  </ActionIcon>
                  <ActionIcon
                    variant="subtle"
                    color="gray"
                    aria-label={t("steps.remove_branch", { name: called })}
                    onClick={() => keep(branches.filter((_, place) => place !== at))}
                  >
                    <X size={15} />
                  </ActionIcon>
                </Group>
              </div>
              {object && (
                <NamedCondition
                  object={object}
                  name={t("steps.branch_when")}
                  value={branch.when ?? null}
                  always={false}
                  onChange={(when) => change(at, { when })}
                />
              )}
            </div>
          );
        })}
        {branches.length < MOST && (
          <Button
            variant="default"
            size="xs"
            style={{ alignSelf: "flex-start" }}
            leftSection={<Plus size={14} />}
            onClick={() => keep([...branches, { port: freePort(branches), when: null }])}
          >
            {t("steps.add_branch")}
          </Button>
        )}
      </Stack>
    </Input.Wrapper>
  );
}

function freePort(branches: readonly BranchOf[]): string {
  const taken = new Set(branches.map(({ port }) => port));
  let number = 1;
  while (taken.has(`b${number}`)) number++;
  return `b${number}`;
}
