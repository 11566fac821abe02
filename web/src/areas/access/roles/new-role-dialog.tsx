/** A new role: from a preset that fits a common post, as a copy of another, or without any right. */
import { Button, Group, Modal, Stack, TextInput } from "@mantine/core";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { type FormEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import { label } from "@/lib/label";
import { createRecord, recordKeys } from "@/lib/records";
import { useSubmit } from "@/lib/use-submit";
import { currentWorkspace } from "@/lib/workspace";
import { FormProblem } from "@/ui/form-problem";
import classes from "./new-role.module.css";
import type { Permissions } from "./permissions";
import { presetsQuery, type Role } from "./requests";
import shared from "./roles.module.css";

/** The preset that gives nothing. */
const EMPTY = "empty";
const STEP = 10;

interface Beginning {
  key: string;
  name: string;
  help: string;
  permissions: Permissions;
}

export function NewRoleDialog({
  roles,
  copy,
  onClose,
}: {
  roles: Role[];
  /** The role to begin with; null offers the presets. */
  copy: Role | null;
  onClose(): void;
}) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const navigate = useNavigate();
  const presets = useQuery(presetsQuery()).data ?? [];
  const { busy, problem, fields, submit } = useSubmit();
  const offered: Beginning[] = copy
    ? [
        {
          key: copy.key,
          name: t("roles.copy_of", { name: copy.name }),
          help: "",
          permissions: copy.permissions,
        },
      ]
    : [
        ...presets.map((preset) => ({
          key: preset.key,
          name: label(preset.label),
          help: label(preset.help),
          permissions: preset.permissions as Permissions,
        })),
        { key: EMPTY, name: t("roles.preset_empty"), help: t("roles.preset_empty_help"), permissions: {} },
      ];
  const [chosen, setChosen] = useState(copy ? copy.key : EMPTY);
  const [name, setName] = useState(copy ? t("roles.copy_of", { name: copy.name }) : "");
  const [key, setKey] = useState(() => freeKey(copy?.key ?? "role", roles));
  const choose = (one: Beginning) => {
    const untouched = name === "" || offered.some((each) => each.name === name);
    setChosen(one.key);
    if (untouched) setName(one.key === EMPTY ? "" : one.name);
    setKey(freeKey(one.key === EMPTY ? "role" : one.key, roles));
  };
  const save = async (event: FormEvent) => {
    event.preventDefault();
    const begun = offered.find((one) => one.key === chosen);
    let made = "";
    const done = await submit(async () => {
      const position = Math.max(0, ...roles.map((role) => role.position ?? 0)) + STEP;
      const permissions = { objects: {}, system: [], ...begun?.permissions };
      made = (await createRecord("role", { name: name.trim(), key: key.trim(), position, permissions })).id;
    });
    if (!done) return;
    await client.invalidateQueries({ queryKey: recordKeys.of("role") });
    onClose();
    navigate({ to: "/w/$ws/settings/roles/$id", params: { ws: currentWorkspace(), id: made } });
  };
  return (
    <Modal
      opened
      onClose={onClose}
      title={copy ? t("roles.copy_title", { name: copy.name }) : t("roles.new")}
      size={680}
    >
      <form onSubmit={save}>
        <Stack gap="md">
          <FormProblem text={problem ?? fields.permissions ?? null} />
          {!copy && (
            <fieldset className={classes.presets}>
              <legend className={shared.label}>{t("roles.begin_with")}</legend>
              <div className={classes.presetGrid}>
                {offered.map((one) => (
                  <button
                    key={one.key}
                    type="button"
                    className={classes.preset}
                    aria-pressed={chosen === one.key}
                    onClick={() => choose(one)}
                  >
                    <span className={classes.presetName}>{one.name}</span>
                    <span className={classes.presetHelp}>{one.help}</span>
                  </button>
                ))}
              </div>
            </fieldset>
          )}
          <TextInput
            label={t("roles.name")}
            required
            maxLength={60}
            data-autofocus
            value={name}
            error={fields.name}
            onChange={(event) => setName(event.currentTarget.value)}
          />
          <TextInput
            label={t("roles.key")}
            description={t("roles.key_help")}
            required
            maxLength={40}
            value={key}
            error={fields.key}
            onChange={(event) => setKey(event.currentTarget.value)}
          />
          <Group justify="flex-end" gap="xs">
            <Button variant="default" onClick={onClose}>
              {t("ui.cancel")}
            </Button>
            <Button type="submit" loading={busy} disabled={name.trim() === "" || key.trim() === ""}>
              {t("roles.create")}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}

/** The key itself, or with the first number that makes it free. */
export function freeKey(wanted: string, roles: readonly Pick<Role, "key">[]): string {
  const taken = new Set(roles.map(({ key }) => key));
  let number = 2;
  let key = wanted;
  while (taken.has(key)) key = `${wanted.slice(0, 36)}_${number++}`;
  return key;
}
