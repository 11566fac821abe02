/** The second step: whose people sign in here, whether new ones become members, and which roles they get. */
import { Select, Stack, Switch, TagsInput, TextInput } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { Card } from "@/ui/card";
import { FormProblem } from "@/ui/form-problem";
import { departmentOptions, departmentsQuery, rolesQuery } from "../people";
import type { StepProps } from "./connection-step";
import { RoleMap } from "./role-map";
import type { Protocol } from "./values";

export function PeopleStep({
  values,
  fields,
  domains,
  protocol,
  problem,
  set,
}: StepProps & {
  /** Those that the workspace may claim. */
  domains: string[];
  protocol: Protocol;
}) {
  const { t } = useTranslation();
  const departments = useQuery(departmentsQuery());
  const roles = (useQuery(rolesQuery()).data ?? []).map((role) => ({ value: role.id, label: role.name }));
  return (
    <>
      <FormProblem text={problem} />
      <Card title={t("single-sign-on.whose")} text={t("single-sign-on.whose_text")}>
        <TagsInput
          label={t("single-sign-on.domains")}
          description={t(
            domains.length > 0 ? "single-sign-on.domains_text" : "single-sign-on.domains_nothing",
          )}
          placeholder={values.domains.length === 0 ? "example.com" : undefined}
          data={domains}
          splitChars={[",", "，", ";", " "]}
          value={values.domains}
          error={fields.domains}
          onChange={(chosen) => set({ domains: chosen })}
        />
      </Card>
      <Card title={t("single-sign-on.newcomers")} text={t("single-sign-on.newcomers_text")}>
        <Stack gap="md">
          <Switch
            label={t("single-sign-on.makes_members")}
            description={t(values.makes_members ? "single-sign-on.makes_on" : "single-sign-on.makes_off")}
            checked={values.makes_members}
            onChange={(event) => set({ makes_members: event.currentTarget.checked })}
          />
          <Select
            label={t("single-sign-on.default_role")}
            description={t("single-sign-on.default_role_text")}
            data={roles}
            clearable
            searchable
            value={values.default_role}
            error={fields.default_role}
            onChange={(default_role) => set({ default_role })}
          />
          {values.makes_members && (
            <Select
              label={t("single-sign-on.default_department")}
              data={departmentOptions(departments.data ?? [])}
              clearable
              searchable
              value={values.default_department}
              error={fields.default_department}
              onChange={(default_department) => set({ default_department })}
            />
          )}
        </Stack>
      </Card>
      <Card title={t("single-sign-on.mapping")} text={t("single-sign-on.mapping_text")}>
        <Stack gap="md">
          <TextInput
            label={t("single-sign-on.roles_claim")}
            description={t("single-sign-on.roles_claim_text")}
            placeholder="groups"
            value={values.roles_claim}
            error={fields.roles_claim}
            onChange={(event) => set({ roles_claim: event.currentTarget.value })}
          />
          <RoleMap
            pairs={values.role_map}
            roles={roles}
            error={fields.role_map}
            onChange={(role_map) => set({ role_map })}
          />
        </Stack>
      </Card>
      <Card title={t("single-sign-on.claims")} text={t(`single-sign-on.claims_${protocol}`)}>
        <Stack gap="md">
          <TextInput
            label={t("single-sign-on.email_claim")}
            value={values.email_claim}
            error={fields.email_claim}
            onChange={(event) => set({ email_claim: event.currentTarget.value })}
          />
          <TextInput
            label={t("single-sign-on.name_claim")}
            value={values.name_claim}
            error={fields.name_claim}
            onChange={(event) => set({ name_claim: event.currentTarget.value })}
          />
        </Stack>
      </Card>
    </>
  );
}
