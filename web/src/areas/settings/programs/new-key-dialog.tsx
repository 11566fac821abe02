/** A new key of one's own: what for, within which roles, until when, from where. */
import { Button, Group, Modal, MultiSelect, Select, Stack, TagsInput, Text, TextInput } from "@mantine/core";
import { type FormEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import type { KeyState, MadeKey, OwnRole } from "@/api/types";
import { useSubmit } from "@/lib/use-submit";
import { FormProblem } from "@/ui/form-problem";
import { DayInput } from "../organisation/day-input";
import { expiryOf, LASTING, type Lasting, rolesToBegin } from "./keys";
import { createKey } from "./requests";

const BETWEEN_NETWORKS = [",", "，", "、", ";", "；", " ", "\n"];

export function NewKeyDialog({
  roles,
  like,
  onMade,
  onClose,
}: {
  roles: OwnRole[];
  /** The key that the new one is to take the place of: it begins with the same name, roles and networks. */
  like: KeyState | null;
  onMade(made: MadeKey): void;
  onClose(): void;
}) {
  const { t } = useTranslation();
  const [name, setName] = useState(like?.name ?? "");
  const [chosen, setChosen] = useState(() => rolesToBegin(roles, like));
  const [lasting, setLasting] = useState<Lasting>("90");
  const [day, setDay] = useState<string | null>(null);
  const [networks, setNetworks] = useState<string[]>(like?.networks ?? []);
  const { busy, problem, fields, submit } = useSubmit();
  const missing = name.trim() === "" || chosen.length === 0 || (lasting === "day" && !day);

  const save = async (event: FormEvent) => {
    event.preventDefault();
    let made: MadeKey | null = null;
    const done = await submit(async () => {
      made = await createKey({
        name: name.trim(),
        roles: chosen,
        expires_at: expiryOf(lasting, day),
        networks,
      });
    });
    if (done && made) onMade(made);
  };
  return (
    <Modal
      opened
      onClose={onClose}
      title={like ? t("programs.replace_title", { name: like.name }) : t("programs.new_key")}
      size={520}
    >
      <form onSubmit={save}>
        <Stack gap="md">
          <FormProblem text={problem} />
          {like && (
            <Text size="sm" c="dimmed">
              {t("programs.replace_text")}
            </Text>
          )}
          <TextInput
            label={t("programs.name")}
            placeholder={t("programs.key_name_hint")}
            required
            maxLength={100}
            data-autofocus
            value={name}
            error={fields.name}
            onChange={(event) => setName(event.currentTarget.value)}
          />
          <MultiSelect
            label={t("programs.roles")}
            description={t("programs.key_roles_help")}
            required
            data={roles.map((role) => ({ value: role.id, label: role.name }))}
            value={chosen}
            error={fields.roles}
            onChange={setChosen}
          />
          <Select
            label={t("programs.lasts")}
            data={LASTING.map((value) => ({ value, label: t(`programs.lasts_${value}`) }))}
            allowDeselect={false}
            value={lasting}
            description={lasting === "never" ? t("programs.never_help") : undefined}
            error={lasting === "day" ? undefined : fields.expires_at}
            onChange={(value) => setLasting((value as Lasting) ?? "90")}
          />
          {lasting === "day" && (
            <DayInput
              label={t("programs.last_day")}
              required
              value={day}
              error={fields.expires_at}
              onChange={setDay}
            />
          )}
          <TagsInput
            label={t("programs.networks")}
            description={t("programs.networks_help")}
            placeholder={networks.length > 0 ? undefined : "203.0.113.0/24"}
            splitChars={BETWEEN_NETWORKS}
            value={networks}
            error={fields.networks}
            onChange={setNetworks}
          />
          <Group justify="flex-end" gap="xs">
            <Button variant="default" onClick={onClose}>
              {t("ui.cancel")}
            </Button>
            <Button type="submit" loading={busy} disabled={missing}>
              {t("programs.create")}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
