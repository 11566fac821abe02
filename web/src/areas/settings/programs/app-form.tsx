/** An app: what members are told of it, where it sends them back to, what it may ask for. */
import { Button, Group, Modal, Radio, Stack, Textarea, TextInput } from "@mantine/core";
import { type FormEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import type { AppState, MadeApp } from "@/api/types";
import { useSubmit } from "@/lib/use-submit";
import { FormProblem } from "@/ui/form-problem";
import { changeApp, registerApp } from "./requests";
import { ScopePicker } from "./scope-picker";
import { linesOf } from "./scopes";

export function AppForm({
  app,
  onSaved,
  onClose,
}: {
  /** The app to change; null registers one. */
  app: AppState | null;
  onSaved(saved: MadeApp): void;
  onClose(): void;
}) {
  const { t } = useTranslation();
  const [values, setValues] = useState({
    name: app?.name ?? "",
    description: app?.description ?? "",
    website: app?.website ?? "",
  });
  const [addresses, setAddresses] = useState(app?.redirect_uris.join("\n") ?? "");
  const [scopes, setScopes] = useState<string[]>(app?.scopes ?? []);
  const [confidential, setConfidential] = useState(true);
  const { busy, problem, fields, submit } = useSubmit();
  const set = (changed: Partial<typeof values>) => setValues((old) => ({ ...old, ...changed }));
  const missing = values.name.trim() === "" || linesOf(addresses).length === 0 || scopes.length === 0;

  const save = async (event: FormEvent) => {
    event.preventDefault();
    const said = { ...values, redirect_uris: linesOf(addresses), scopes };
    let saved: MadeApp | null = null;
    const done = await submit(async () => {
      saved = app ? await changeApp({ app: app.id, ...said }) : await registerApp({ ...said, confidential });
    });
    if (done && saved) onSaved(saved);
  };
  return (
    <Modal
      opened
      onClose={onClose}
      title={app ? t("programs.edit_app", { name: app.name }) : t("programs.new_app")}
      size={640}
    >
      <form onSubmit={save}>
        <Stack gap="md">
          <FormProblem text={problem} />
          <TextInput
            label={t("programs.name")}
            description={t("programs.app_name_help")}
            required
            maxLength={100}
            data-autofocus
            value={values.name}
            error={fields.name}
            onChange={(event) => set({ name: event.currentTarget.value })}
          />
          <TextInput
            label={t("programs.description")}
            maxLength={300}
            value={values.description}
            error={fields.description}
            onChange={(event) => set({ description: event.currentTarget.value })}
          />
          <TextInput
            label={t("programs.website")}
            placeholder="https://"
            maxLength={300}
            value={values.website}
            error={fields.website}
            onChange={(event) => set({ website: event.currentTarget.value })}
          />
          <Textarea
            label={t("programs.redirects")}
            description={t("programs.redirects_help")}
            placeholder="https://app.example.com/oauth/callback"
            required
            autosize
            minRows={2}
            maxRows={6}
            value={addresses}
            error={fields.redirect_uris}
            onChange={(event) => setAddresses(event.currentTarget.value)}
          />
          {!app && (
            <Radio.Group
              label={t("programs.kind")}
              value={confidential ? "confidential" : "public"}
              onChange={(value) => setConfidential(value === "confidential")}
            >
              <Stack gap="xs" mt={6}>
                {["confidential", "public"].map((kind) => (
                  <Radio
                    key={kind}
                    value={kind}
                    label={t(`programs.kind_${kind}`)}
                    description={t(`programs.kind_${kind}_help`)}
                  />
                ))}
              </Stack>
            </Radio.Group>
          )}
          <ScopePicker
            scopes={scopes}
            help={t(app ? "programs.scopes_help_edit" : "programs.scopes_help")}
            error={fields.scopes}
            onChange={setScopes}
          />
          <Group justify="flex-end" gap="xs">
            <Button variant="default" onClick={onClose}>
              {t("ui.cancel")}
            </Button>
            <Button type="submit" loading={busy} disabled={missing}>
              {t(app ? "programs.save" : "programs.register")}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
