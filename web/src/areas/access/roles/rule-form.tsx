/** One access rule: which records it opens or keeps to, for whom, and until when. Saved after a look. */
import {
  Button,
  Drawer,
  Group,
  Input,
  MultiSelect,
  SegmentedControl,
  Select,
  Stack,
  Switch,
  Text,
  TextInput,
} from "@mantine/core";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import type { AccessChange, Filter } from "@/api/types";
import { departmentOptions, departmentsQuery, membersQuery } from "@/areas/settings/people";
import { findObject, useCatalog } from "@/lib/catalog";
import { label } from "@/lib/label";
import { createRecord, recordKeys, updateRecord } from "@/lib/records";
import { fieldKind } from "@/records/field-kinds";
import { toastSuccess } from "@/ui/toast";
import { Condition } from "./condition";
import { inMatrixOrder } from "./permissions";
import { type AccessRule, rightsChanged, rolesQuery } from "./requests";
import { ReviewDialog } from "./review-dialog";

interface Draft {
  name: string;
  object: string;
  effect: "opens" | "restricts";
  level: "read" | "edit";
  where: Filter | null;
  for_everyone: boolean;
  members: string[];
  departments: string[];
  roles: string[];
  except_roles: string[];
  active: boolean;
  expires_at: string | null;
}

const idsOf = (references: AccessRule["members"] | null | undefined) =>
  (references ?? []).map(({ id }) => id);

function draftOf(rule: AccessRule | null, object: string): Draft {
  return {
    name: rule?.name ?? "",
    object: rule?.object ?? object,
    effect: rule?.effect ?? "opens",
    level: rule?.level ?? "read",
    where: rule?.where ?? null,
    for_everyone: rule?.for_everyone ?? false,
    members: idsOf(rule?.members),
    departments: idsOf(rule?.departments),
    roles: idsOf(rule?.roles),
    except_roles: idsOf(rule?.except_roles),
    active: rule?.active ?? true,
    expires_at: rule?.expires_at ?? null,
  };
}

export function RuleForm({ rule, onClose }: { rule: AccessRule | null; onClose(): void }) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const catalog = useCatalog();
  const { business, settings } = inMatrixOrder(catalog.objects);
  const objects = [...business, ...settings].map(({ key, plural }) => ({ value: key, label: label(plural) }));
  const [draft, setDraft] = useState(() => draftOf(rule, objects[0]?.value ?? ""));
  const [reviewing, setReviewing] = useState(false);
  const [said, setSaid] = useState<string | null>(null);
  const departments = useQuery(departmentsQuery()).data ?? [];
  const members = useQuery(membersQuery()).data ?? [];
  const roles = (useQuery(rolesQuery()).data ?? []).map(({ id, name }) => ({ value: id, label: name }));
  const object = findObject(catalog, draft.object);
  const set = (values: Partial<Draft>) => setDraft((now) => ({ ...now, ...values }));
  const { Input: MomentInput } = fieldKind("datetime");
  const values = { ...draft, name: draft.name.trim() };
  const change: AccessChange = { object: "access_rule", ...(rule ? { id: rule.id } : {}), values };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const nobody =
      !draft.for_everyone && draft.members.length + draft.departments.length + draft.roles.length === 0;
    const missing = !values.name
      ? t("roles.rule_needs_name")
      : !draft.where
        ? t("roles.rule_needs_condition")
        : nobody
          ? t("roles.rule_needs_people")
          : null;
    setSaid(missing);
    setReviewing(missing === null);
  };
  return (
    <Drawer
      opened
      onClose={onClose}
      title={rule ? t("roles.edit_rule") : t("roles.new_rule")}
      position="right"
      size={640}
      closeOnClickOutside={false}
      closeButtonProps={{ "aria-label": t("ui.close") }}
      styles={{ title: { fontSize: 16, fontWeight: 600 } }}
    >
      <form onSubmit={submit} noValidate>
        <Stack gap="md">
          <TextInput
            label={t("roles.rule_name")}
            required
            maxLength={100}
            data-autofocus
            value={draft.name}
            onChange={(event) => set({ name: event.currentTarget.value })}
          />
          <Select
            label={t("roles.object")}
            allowDeselect={false}
            searchable
            data={objects}
            value={draft.object}
            onChange={(key) => key && key !== draft.object && set({ object: key, where: null })}
          />
          <Input.Wrapper label={t("roles.effect")} labelElement="div">
            <SegmentedControl
              mt={4}
              fullWidth
              aria-label={t("roles.effect")}
              data={[
                { value: "opens", label: t("roles.effect_opens") },
                { value: "restricts", label: t("roles.effect_restricts") },
              ]}
              value={draft.effect}
              onChange={(effect) => set({ effect: effect as Draft["effect"] })}
            />
            <Text size="xs" c="dimmed" mt={4}>
              {t(`roles.effect_help_${draft.effect}`)}
            </Text>
          </Input.Wrapper>
          {draft.effect === "opens" && (
            <Select
              label={t("roles.rule_level")}
              allowDeselect={false}
              data={(["read", "edit"] as const).map((level) => ({
                value: level,
                label: t(`roles.opens_${level}`),
              }))}
              value={draft.level}
              onChange={(level) => level && set({ level: level as Draft["level"] })}
            />
          )}
          <Input.Wrapper
            label={t(draft.effect === "opens" ? "roles.rule_opens_which" : "roles.rule_keeps_which")}
            labelElement="div"
          >
            {object && (
              <Condition
                key={object.key}
                object={object}
                where={draft.where}
                onChange={(where) => set({ where })}
              />
            )}
          </Input.Wrapper>
          <Switch
            label={t("roles.for_everyone")}
            checked={draft.for_everyone}
            onChange={(event) => set({ for_everyone: event.currentTarget.checked })}
          />
          {!draft.for_everyone && (
            <>
              <MultiSelect
                label={t("roles.for_roles")}
                searchable
                data={roles}
                value={draft.roles}
                onChange={(chosen) => set({ roles: chosen })}
              />
              <MultiSelect
                label={t("roles.for_departments")}
                description={t("roles.for_departments_help")}
                searchable
                data={departmentOptions(departments)}
                value={draft.departments}
                onChange={(chosen) => set({ departments: chosen })}
              />
              <MultiSelect
                label={t("roles.for_members")}
                searchable
                limit={50}
                data={members
                  .filter(({ status }) => status !== "left")
                  .map(({ id, name }) => ({ value: id, label: name }))}
                value={draft.members}
                onChange={(chosen) => set({ members: chosen })}
              />
            </>
          )}
          <MultiSelect
            label={t("roles.except_roles")}
            description={t("roles.except_roles_help")}
            searchable
            data={roles}
            value={draft.except_roles}
            onChange={(chosen) => set({ except_roles: chosen })}
          />
          <Input.Wrapper
            label={t("roles.expires_at")}
            description={t("roles.expires_at_help")}
            descriptionProps={{ mb: 4 }}
            labelElement="div"
          >
            <MomentInput
              aria-label={t("roles.expires_at")}
              field={{
                key: "expires_at",
                kind: "datetime",
                trait: "datetime",
                label: { "zh-CN": "", en: "" },
                settings: {},
              }}
              value={draft.expires_at}
              onChange={(at: unknown) => set({ expires_at: (at as string | null) || null })}
            />
          </Input.Wrapper>
          <Switch
            label={t("roles.rule_active")}
            checked={draft.active}
            onChange={(event) => set({ active: event.currentTarget.checked })}
          />
          {said && (
            <Text size="sm" c="var(--gx-danger)" role="alert">
              {said}
            </Text>
          )}
          <Group justify="flex-end" gap="xs">
            <Button variant="default" onClick={onClose}>
              {t("ui.cancel")}
            </Button>
            <Button type="submit">{t("roles.review")}</Button>
          </Group>
        </Stack>
      </form>
      {reviewing && (
        <ReviewDialog
          title={t("roles.review_rule", { name: values.name })}
          changes={[change]}
          confirmLabel={t("ui.save")}
          onConfirm={async () => {
            if (rule) await updateRecord("access_rule", rule.id, values, rule.rev);
            else await createRecord("access_rule", values);
            await client.invalidateQueries({ queryKey: recordKeys.of("access_rule") });
            await rightsChanged(client);
            toastSuccess(t("roles.rule_saved", { name: values.name }));
            onClose();
          }}
          onClose={() => setReviewing(false)}
        />
      )}
    </Drawer>
  );
}
