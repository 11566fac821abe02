/** Rights over the workspace itself, each with what it lets somebody do. */
import { Checkbox, Stack, Switch } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { type Permissions, SYSTEM_RIGHTS } from "./permissions";
import classes from "./roles.module.css";

export function SystemRights({
  permissions,
  baseline,
  readOnly,
  onChange,
  onBaseline,
}: {
  permissions: Permissions;
  baseline: boolean;
  readOnly: boolean;
  onChange(permissions: Permissions): void;
  onBaseline(baseline: boolean): void;
}) {
  const { t } = useTranslation();
  return (
    <Stack gap="md" maw={720}>
      <section className={classes.section}>
        <h2 className={classes.sectionTitle}>{t("roles.system_rights")}</h2>
        <Checkbox.Group
          value={permissions.system ?? []}
          onChange={(system) => onChange({ ...permissions, system })}
          aria-label={t("roles.system_rights")}
        >
          <Stack gap="sm">
            {SYSTEM_RIGHTS.map((right) => (
              <Checkbox
                key={right}
                value={right}
                disabled={readOnly}
                label={t(`roles.system_${right}`)}
                description={t(`roles.system_help_${right}`)}
              />
            ))}
          </Stack>
        </Checkbox.Group>
      </section>
      <section className={classes.section}>
        <h2 className={classes.sectionTitle}>{t("roles.baseline")}</h2>
        <Switch
          checked={baseline}
          disabled={readOnly}
          label={t("roles.baseline_on")}
          description={t("roles.baseline_help")}
          onChange={(event) => onBaseline(event.currentTarget.checked)}
        />
      </section>
    </Stack>
  );
}
