/** Which role follows from which value of the roles claim: pairs to add, change and take out. */
import { ActionIcon, Button, Select, Stack, Text, TextInput } from "@mantine/core";
import { ArrowRight, Plus, X } from "lucide-react";
import { useTranslation } from "react-i18next";
import type { RoleForValue } from "@/api/types";
import classes from "./single-sign-on.module.css";

export function RoleMap({
  pairs,
  roles,
  error,
  onChange,
}: {
  pairs: RoleForValue[];
  roles: { value: string; label: string }[];
  error: string | undefined;
  onChange: (pairs: RoleForValue[]) => void;
}) {
  const { t } = useTranslation();
  const change = (at: number, changed: Partial<RoleForValue>) =>
    onChange(pairs.map((pair, place) => (place === at ? { ...pair, ...changed } : pair)));
  return (
    <Stack gap="sm">
      {pairs.map((pair, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a line is its place
        <div key={at} className={classes.pair}>
          <TextInput
            aria-label={t("single-sign-on.pair_value", { number: at + 1 })}
            placeholder={t("single-sign-on.pair_example")}
            value={pair.value}
            onChange={(event) => change(at, { value: event.currentTarget.value })}
          />
          <ArrowRight size={16} aria-hidden />
          <Select
            aria-label={t("single-sign-on.pair_role", { number: at + 1 })}
            placeholder={t("single-sign-on.pair_choose")}
            data={roles}
            searchable
            value={pair.role || null}
            onChange={(role) => change(at, { role: role ?? "" })}
          />
          <ActionIcon
            variant="subtle"
            color="gray"
            aria-label={t("single-sign-on.pair_remove", { number: at + 1 })}
            onClick={() => onChange(pairs.filter((_, place) => place !== at))}
          >
            <X size={16} />
          </ActionIcon>
        </div>
      ))}
      {error && (
        <Text size="xs" className={classes.wrong} role="alert">
          {error}
        </Text>
      )}
      <div>
        <Button
          variant="default"
          size="xs"
          leftSection={<Plus size={14} />}
          onClick={() => onChange([...pairs, { value: "", role: "" }])}
        >
          {t("single-sign-on.pair_add")}
        </Button>
      </div>
    </Stack>
  );
}
