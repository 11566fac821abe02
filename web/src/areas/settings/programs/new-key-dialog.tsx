/** A new key of one's own: what for, within which roles, until when, from where. */
import { Button, Group, Modal, MultiSelect, Select, Stack, TagsInput, TextInput } from "@mantine/core";
import { type FormEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import type { MadeKey, OwnRole } from "@/api/types";
import { useSubmit } from "@/lib/use-submit";
import { FormProblem } from "@/ui/form-problem";
import { DayInput } from "../organisation/day-input";
import { expiryOf, LASTING, type Lasting } from "./keys";
import { createKey } from "./requests";

const BETWEEN_NETWORKS = [",", "，", "、", ";", "；", " ", "\n"];

export function NewKeyDialog({
  roles,
  onMade,
  onClose,
}: {
  roles: OwnRole[];
  onMade(made: MadeKey): void;
  onClose(): void;
}) {
  const { t } = useTranslation();
  const [name, setName] = useState("");
  const [chosen, setChosen] = useState(roles.length === 1 ? roles.map(({ id }) => id) : []);
  const [lasting, setLasting] = useState<Lasting>("90");
  const [day, setDay] = useState<string | null>(null);
  const [networks, setNetworks] = useState<string[]>([]);
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
    <Modal opened onClose={onClose} title={t("programs.new_key")} size={520}>
      <form onSubmit={save}>
        <Stack gap="md">
          <FormProblem text={problem} />
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
