/** Ways that runs take by share: each with a name and a weight, and how many in a hundred that is. */
import { ActionIcon, Button, Input, NumberInput, Stack, TextInput } from "@mantine/core";
import { Plus, X } from "lucide-react";
import { useTranslation } from "react-i18next";
import type { Label } from "@/api/types";
import { label as inWords } from "@/lib/label";
import { words } from "../objects/setting-inputs";
import type { SettingInputProps } from "../objects/setting-props";
import classes from "./steps.module.css";

interface Share {
  port: string;
  label?: string | Partial<Label>;
  weight: number;
}

const MOST = 20;
const HEAVIEST = 1000;

export function SharesSetting(props: SettingInputProps) {
  const { t } = useTranslation();
  const { label: name, ...rest } = words(props);
  const shares = (props.value as Share[] | undefined) ?? [];
  const total = shares.reduce((sum, { weight }) => sum + weight, 0);
  const keep = (next: Share[]) => props.set(next.length > 0 ? next : null);
  const change = (port: string, part: Partial<Share>) =>
    keep(shares.map((one) => (one.port === port ? { ...one, ...part } : one)));
  return (
    <Input.Wrapper {...rest} label={name} labelElement="div">
      <Stack gap={8} mt={4}>
        {shares.map((share, at) => {
          const called = inWords(share.label) || t("steps.branch", { number: at + 1 });
          return (
            <div className={classes.share} key={share.port}>
              <TextInput
                aria-label={t("steps.branch_name")}
                placeholder={t("steps.branch", { number: at + 1 })}
                maxLength={60}
                value={inWords(share.label)}
                onChange={(event) => change(share.port, { label: event.currentTarget.value })}
              />
              <NumberInput
                aria-label={t("steps.weight_of", { name: called })}
                min={0}
                max={HEAVIEST}
                allowDecimal={false}
                value={share.weight}
                onChange={(weight) => typeof weight === "number" && change(share.port, { weight })}
              />
              <span className={classes.percent}>
                {total > 0 ? Math.round((share.weight / total) * 100) : 0}%
              </span>
              <ActionIcon
                variant="subtle"
                color="gray"
                mt={4}
                aria-label={t("steps.remove_branch", { name: called })}
                onClick={() => keep(shares.filter(({ port }) => port !== share.port))}
              >
                <X size={15} />
              </ActionIcon>
            </div>
          );
        })}
        {shares.length < MOST && (
          <Button
            variant="default"
            size="xs"
            style={{ alignSelf: "flex-start" }}
            leftSection={<Plus size={14} />}
            onClick={() => keep([...shares, { port: freePort(shares), weight: 1 }])}
          >
            {t("steps.add_branch")}
          </Button>
        )}
      </Stack>
    </Input.Wrapper>
  );
}

function freePort(shares: readonly Share[]): string {
  const taken = new Set(shares.map(({ port }) => port));
  let number = 1;
  while (taken.has(`s${number}`)) number++;
  return `s${number}`;
}
