/** Invite a colleague by mail. */
import { Button, Group, Modal, MultiSelect, Select, Stack, Text, TextInput } from "@mantine/core";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import type { InvitedMember } from "@/api/types";
import { recordKeys, runAction } from "@/lib/records";
import { useSubmit } from "@/lib/use-submit";
import { FormProblem } from "@/ui/form-problem";
import { toastSuccess } from "@/ui/toast";
import { InvitationLink } from "./invitation-link";
import { departmentOptions, departmentsQuery, rolesQuery } from "./people";

export function InviteDialog({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const departments = useQuery(departmentsQuery());
  const roles = useQuery(rolesQuery());
  const [values, setValues] = useState({
    email: "",
    name: "",
    department: null as string | null,
    roles: [] as string[],
  });
  const [link, setLink] = useState<string | null>(null);
  const [choosing, setChoosing] = useState(false);
  const { busy, problem, fields, submit } = useSubmit();
  const set = (changed: Partial<typeof values>) => setValues((old) => ({ ...old, ...changed }));

  const onSubmit = async (event: FormEvent) => {
    event.preventDefault();
    const body = { ...values, email: values.email.trim(), name: values.name.trim() };
    let handOver: string | undefined;
    const done = await submit(async () => {
      const { result } = await runAction<InvitedMember>("identity/invite-member", body);
      handOver = result.link;
    });
    if (!done) return;
    void client.invalidateQueries({ queryKey: recordKeys.of("member") });
    if (handOver) return setLink(handOver);
    toastSuccess(t("settings.invited", { email: body.email }));
    onClose();
  };
  if (link) return <InvitationLink name={values.name} link={link} onClose={onClose} />;
  const missing =
    values.email.trim() === "" || values.name.trim() === ""
      ? t("settings.invite_needs_person")
      : values.roles.length === 0
        ? t("settings.invite_needs_role")
        : null;

  return (
    <Modal opened onClose={onClose} title={t("settings.invite_title")} size={480}>
      <form onSubmit={onSubmit}>
        <Stack gap="sm">
          <FormProblem text={problem} />
          <TextInput
            label={t("settings.email")}
            type="email"
            required
            data-autofocus
            value={values.email}
            error={fields.email}
            onChange={(event) => set({ email: event.currentTarget.value })}
          />
          <TextInput
            label={t("settings.name")}
            required
            value={values.name}
            error={fields.name}
            onChange={(event) => set({ name: event.currentTarget.value })}
          />
          <Select
            label={t("settings.department")}
            data={departmentOptions(departments.data ?? [])}
            searchable
            clearable
            value={values.department}
            error={fields.department}
            onChange={(department) => set({ department })}
          />
          <MultiSelect
            label={t("settings.roles")}
            description={t("settings.roles_text")}
            data={(roles.data ?? []).map((role) => ({ value: role.id, label: role.name }))}
            required
            value={values.roles}
            error={fields.roles}
            dropdownOpened={choosing}
            onDropdownOpen={() => setChoosing(true)}
            onDropdownClose={() => setChoosing(false)}
            onChange={(chosen) => {
              set({ roles: chosen });
              setChoosing(false);
            }}
          />
          <Group justify="flex-end" gap="xs" mt="xs">
            {missing && (
              <Text size="xs" c="dimmed" flex={1} id="invite-missing">
                {missing}
              </Text>
            )}
            <Button variant="default" onClick={onClose}>
              {t("ui.cancel")}
            </Button>
            <Button
              type="submit"
              loading={busy}
              disabled={missing !== null}
              aria-describedby={missing ? "invite-missing" : undefined}
            >
              {t("settings.send_invitation")}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
