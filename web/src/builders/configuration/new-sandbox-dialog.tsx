/** A new sandbox: everything is filled in already, so that one click makes it. */
import { Button, Group, Modal, Radio, Stack, TextInput } from "@mantine/core";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import { sessionQuery, useMe } from "@/lib/me";
import { useSubmit } from "@/lib/use-submit";
import { currentWorkspace } from "@/lib/workspace";
import { FormProblem } from "@/ui/form-problem";
import { freeAddress } from "./model";
import { createSandbox, type NewSandbox, type Sandbox } from "./requests";

export function NewSandboxDialog({ known, onClose }: { known: Sandbox[]; onClose: () => void }) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const { workspace } = useMe();
  const workspaces = useQuery(sessionQuery()).data?.workspaces ?? [];
  const { busy, problem, fields, submit } = useSubmit();
  const [values, setValues] = useState<NewSandbox>(() => ({
    name: t("configuration.sandbox_of", { name: workspace.name }).slice(0, 100),
    slug: freeAddress(
      currentWorkspace(),
      [...workspaces, ...known].map(({ slug }) => slug),
    ),
    data: "none",
  }));
  const set = (changed: Partial<NewSandbox>) => setValues((old) => ({ ...old, ...changed }));
  const create = async (event: FormEvent) => {
    event.preventDefault();
    if (await submit(() => createSandbox(client, values))) onClose();
  };
  return (
    <Modal opened onClose={onClose} title={t("configuration.new_sandbox")} size={520}>
      <form onSubmit={create}>
        <Stack gap="md">
          <FormProblem text={problem} />
          <Radio.Group
            label={t("configuration.data")}
            value={values.data}
            onChange={(data) => set({ data: data as NewSandbox["data"] })}
          >
            <Stack gap="xs" mt={6}>
              {(["none", "masked", "all"] as const).map((data) => (
                <Radio
                  key={data}
                  value={data}
                  label={t(`configuration.data_${data}`)}
                  description={t(`configuration.data_${data}_text`)}
                />
              ))}
            </Stack>
          </Radio.Group>
          <TextInput
            label={t("configuration.sandbox_name")}
            required
            withAsterisk={false}
            maxLength={100}
            value={values.name}
            error={fields.name}
            onChange={(event) => set({ name: event.currentTarget.value })}
          />
          <TextInput
            label={t("configuration.sandbox_slug")}
            description={t("configuration.sandbox_slug_text")}
            required
            withAsterisk={false}
            maxLength={40}
            value={values.slug}
            error={fields.slug}
            onChange={(event) => set({ slug: event.currentTarget.value })}
          />
          <Group justify="flex-end" gap="xs">
            <Button variant="default" onClick={onClose}>
              {t("ui.cancel")}
            </Button>
            <Button type="submit" loading={busy} data-autofocus>
              {t("configuration.create")}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
