/** The rules of a plan: components with their rate tables; typed over while the plan is a draft. */
import { ActionIcon, Button, Group, Select, Stack, Text, TextInput } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { Plus, Trash2 } from "lucide-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { errorMessage } from "@/lib/error-message";
import { updateRecord } from "@/lib/records";
import type { RecordPartProps } from "@/records/page/extensions";
import { FormProblem } from "@/ui/form-problem";
import { toastSuccess } from "@/ui/toast";
import classes from "./commission.module.css";
import { CHOICES, type ComponentText, type Definition, newComponent, read, withTier } from "./definition";
import { commissionChanged } from "./requests";

export function RulesTab({ record }: RecordPartProps) {
  const { t } = useTranslation();
  const client = useQueryClient();
  // What is typed stays until it is kept: a refusal loses nothing.
  const [typed, setTyped] = useState<Definition | null>(null);
  const value = typed ?? read(record.definition);
  const open = record.status === "draft" && record._rights?.edit !== false;
  const set = (change: Partial<Definition>) => setTyped({ ...value, ...change } as Definition);
  const setComponent = (place: number, change: Partial<ComponentText>) =>
    set({
      components: value.components.map((one, at) =>
        at === place ? ({ ...one, ...change } as ComponentText) : one,
      ),
    });
  const keeping = useMutation({
    mutationFn: () => updateRecord("commission_plan", record.id, { definition: value }, record.rev),
    onSuccess: async () => {
      toastSuccess(t("commission.rules_saved"));
      await commissionChanged(client);
      setTyped(null);
    },
  });
  const choices = (key: keyof typeof CHOICES) =>
    CHOICES[key].map((one) => ({ value: one, label: t(`commission.${key}_${one}`) }));
  return (
    <Stack gap="md">
      {value.components.map((one, place) => (
        <ComponentForm
          // biome-ignore lint/suspicious/noArrayIndexKey: components have no name of their own, and are added at the end
          key={place}
          one={one}
          open={open}
          choices={choices}
          set={(change) => setComponent(place, change)}
          remove={() => set({ components: value.components.filter((_, at) => at !== place) })}
        />
      ))}
      {value.components.length === 0 && (
        <Text size="sm" c="var(--gx-muted)">
          {t("commission.no_components")}
        </Text>
      )}
      <div className={classes.fields}>
        <Select
          label={t("commission.floor")}
          data={choices("floor")}
          value={value.floor}
          readOnly={!open}
          allowDeselect={false}
          onChange={(floor) => set({ floor: floor ?? "none" })}
        />
        {value.floor !== "none" && (
          <TextInput
            label={t("commission.floor_amount")}
            inputMode="decimal"
            value={value.floor_amount}
            readOnly={!open}
            onChange={(event) => set({ floor_amount: event.currentTarget.value })}
          />
        )}
        <TextInput
          label={t("commission.plan_cap")}
          inputMode="decimal"
          value={value.cap}
          readOnly={!open}
          onChange={(event) => set({ cap: event.currentTarget.value })}
        />
      </div>
      <FormProblem text={keeping.isError ? errorMessage(keeping.error) : null} />
      {open && (
        <Group gap="xs">
          <Button
            variant="default"
            leftSection={<Plus size={14} />}
            onClick={() =>
              set({ components: [...value.components, newComponent(t("commission.new_component"))] })
            }
          >
            {t("commission.add_component")}
          </Button>
          <Button loading={keeping.isPending} disabled={!typed} onClick={() => keeping.mutate()}>
            {t("commission.save_rules")}
          </Button>
        </Group>
      )}
    </Stack>
  );
}

function ComponentForm({
  one,
  open,
  choices,
  set,
  remove,
}: {
  one: ComponentText;
  open: boolean;
  choices(key: keyof typeof CHOICES): { value: string; label: string }[];
  set(change: Partial<ComponentText>): void;
  remove(): void;
}) {
  const { t } = useTranslation();
  const pick = (key: Exclude<keyof typeof CHOICES, "floor">) => (
    <Select
      key={key}
      label={t(`commission.${key}`)}
      data={choices(key)}
      value={one[key]}
      readOnly={!open}
      allowDeselect={false}
      onChange={(value) => set({ [key]: value ?? "" })}
    />
  );
  const type = (key: "name" | "threshold" | "cap" | "quota") => (
    <TextInput
      key={key}
      label={t(`commission.field_${key}`)}
      inputMode={key === "name" ? "text" : "decimal"}
      value={one[key]}
      readOnly={!open}
      onChange={(event) => set({ [key]: event.currentTarget.value })}
    />
  );
  const setTier = (place: number, key: "from" | "to" | "rate", value: string) =>
    set({ tiers: one.tiers.map((tier, at) => (at === place ? { ...tier, [key]: value } : tier)) });
  return (
    <section className={classes.component} aria-label={one.name}>
      <div className={classes.fields}>
        {type("name")}
        {pick("basis")}
        {pick("measure")}
        {one.credit === "pool" ? null : pick("credit")}
        {pick("customers")}
        {pick("method")}
        {pick("measured")}
        {one.measured === "attainment" && type("quota")}
        {type("threshold")}
        {type("cap")}
      </div>
      <table className={classes.tiers}>
        <thead>
          <tr>
            <th>{t("commission.tier")}</th>
            <th>{t(one.measured === "attainment" ? "commission.from_percent" : "commission.from")}</th>
            <th>{t(one.measured === "attainment" ? "commission.to_percent" : "commission.to")}</th>
            <th>{t("commission.rate")}</th>
            <th aria-label={t("ui.delete")} />
          </tr>
        </thead>
        <tbody>
          {one.tiers.map((tier, place) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: a tier is its place
            <tr key={place}>
              <td>{place + 1}</td>
              {(["from", "to", "rate"] as const).map((key) => (
                <td key={key}>
                  <TextInput
                    size="xs"
                    inputMode="decimal"
                    aria-label={t(`commission.tier_${key}`, { number: place + 1 })}
                    value={tier[key]}
                    readOnly={!open}
                    placeholder={key === "to" && place === one.tiers.length - 1 ? "∞" : ""}
                    onChange={(event) => setTier(place, key, event.currentTarget.value)}
                  />
                </td>
              ))}
              <td>
                {open && one.tiers.length > 1 && (
                  <ActionIcon
                    variant="subtle"
                    color="gray"
                    aria-label={t("commission.remove_tier", { number: place + 1 })}
                    onClick={() => set({ tiers: one.tiers.filter((_, at) => at !== place) })}
                  >
                    <Trash2 size={14} />
                  </ActionIcon>
                )}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      {open && (
        <Group gap="xs">
          <Button
            size="compact-sm"
            variant="default"
            leftSection={<Plus size={14} />}
            onClick={() => set({ tiers: withTier(one.tiers) })}
          >
            {t("commission.add_tier")}
          </Button>
          <Button size="compact-sm" variant="subtle" color="gray" onClick={remove}>
            {t("commission.remove_component")}
          </Button>
        </Group>
      )}
    </section>
  );
}
