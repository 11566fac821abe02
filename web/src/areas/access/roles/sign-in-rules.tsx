/** What a role asks of whoever signs in with it: a second factor, time-outs, addresses, a watermark. */
import { NumberInput, Stack, Switch, TagsInput } from "@mantine/core";
import { useTranslation } from "react-i18next";
import type { Permissions, SignInRules } from "./permissions";
import classes from "./roles.module.css";

const LONGEST_IDLE_MINUTES = 10_080;
const LONGEST_HOURS = 336;

export function SignInRulesForm({
  permissions,
  readOnly,
  onChange,
}: {
  permissions: Permissions;
  readOnly: boolean;
  onChange(permissions: Permissions): void;
}) {
  const { t } = useTranslation();
  const rules = permissions.sign_in ?? {};
  const set = (values: Partial<SignInRules>) => {
    const next = Object.fromEntries(
      Object.entries({ ...rules, ...values }).filter(([, value]) => value !== undefined && value !== false),
    );
    const { sign_in: _, ...rest } = permissions;
    onChange(Object.keys(next).length > 0 ? { ...rest, sign_in: next } : rest);
  };
  return (
    <section className={classes.section} style={{ maxWidth: 720 }}>
      <h2 className={classes.sectionTitle}>{t("roles.sign_in")}</h2>
      <Stack gap="md">
        <Switch
          label={t("roles.second_factor")}
          description={t("roles.second_factor_help")}
          disabled={readOnly}
          checked={rules.second_factor === "required"}
          onChange={(event) => set({ second_factor: event.currentTarget.checked ? "required" : undefined })}
        />
        <NumberInput
          label={t("roles.idle_minutes")}
          description={t("roles.idle_minutes_help")}
          placeholder={t("roles.no_limit")}
          disabled={readOnly}
          min={1}
          max={LONGEST_IDLE_MINUTES}
          allowDecimal={false}
          maw={240}
          value={rules.idle_minutes ?? ""}
          onChange={(value) => set({ idle_minutes: typeof value === "number" ? value : undefined })}
        />
        <NumberInput
          label={t("roles.absolute_hours")}
          description={t("roles.absolute_hours_help")}
          placeholder={t("roles.no_limit")}
          disabled={readOnly}
          min={1}
          max={LONGEST_HOURS}
          allowDecimal={false}
          maw={240}
          value={rules.absolute_hours ?? ""}
          onChange={(value) => set({ absolute_hours: typeof value === "number" ? value : undefined })}
        />
        <TagsInput
          label={t("roles.ip_allow")}
          description={t("roles.ip_allow_help")}
          placeholder="203.0.113.0/24"
          disabled={readOnly}
          maw={480}
          value={rules.ip_allow ?? []}
          onChange={(list) => set({ ip_allow: list.length > 0 ? list : undefined })}
        />
        <Switch
          label={t("roles.watermark")}
          description={t("roles.watermark_help")}
          disabled={readOnly}
          checked={rules.watermark ?? false}
          onChange={(event) => set({ watermark: event.currentTarget.checked || undefined })}
        />
      </Stack>
    </section>
  );
}
