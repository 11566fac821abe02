/** A new flow: its sort, its name and the object that it is about. */
import { Button, Group, Modal, Select, Stack, TextInput } from "@mantine/core";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { Route, Stamp, Zap } from "lucide-react";
import { type FormEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import { useCatalog } from "@/lib/catalog";
import { label } from "@/lib/label";
import { createRecord, recordKeys } from "@/lib/records";
import { useSubmit } from "@/lib/use-submit";
import { currentWorkspace } from "@/lib/workspace";
import { FormProblem } from "@/ui/form-problem";
import classes from "./automation.module.css";
import { fromTemplate, templatesQuery } from "./overview/requests";

const KINDS = [
  { key: "rule", Icon: Zap },
  { key: "process", Icon: Route },
  { key: "approval", Icon: Stamp },
] as const;

export function NewFlowDialog({ onClose }: { onClose(): void }) {
  const { t } = useTranslation();
  const catalog = useCatalog();
  const client = useQueryClient();
  const navigate = useNavigate();
  const [kind, setKind] = useState<(typeof KINDS)[number]["key"]>("rule");
  const [name, setName] = useState("");
  const [object, setObject] = useState<string | null>(null);
  const { busy, problem, fields, submit } = useSubmit();
  const templates = useQuery(templatesQuery()).data ?? [];
  const save = (event: FormEvent) => {
    event.preventDefault();
    return open(async () => (await createRecord("flow", { name: name.trim(), kind, object })).id);
  };
  const begin = (template: string) => open(async () => (await fromTemplate(template)).result.flow);
  const open = async (make: () => Promise<string>) => {
    let made = "";
    const done = await submit(async () => {
      made = await make();
    });
    if (!done) return;
    await client.invalidateQueries({ queryKey: recordKeys.of("flow") });
    onClose();
    navigate({ to: "/w/$ws/settings/automation/$id", params: { ws: currentWorkspace(), id: made } });
  };
  return (
    <Modal opened onClose={onClose} title={t("automation.new")} size={640}>
      <form onSubmit={save}>
        <Stack gap="md">
          <FormProblem text={problem} />
          {templates.length > 0 && (
            <fieldset className={classes.templates}>
              <legend className={classes.legend}>{t("automation.templates")}</legend>
              {templates.map((one) => (
                <button
                  key={one.key}
                  type="button"
                  className={classes.kind}
                  disabled={busy}
                  onClick={() => begin(one.key)}
                >
                  <span className={classes.kindName}>{label(one.name)}</span>
                  <span className={classes.kindHelp}>{label(one.description)}</span>
                </button>
              ))}
            </fieldset>
          )}
          <fieldset className={classes.kinds}>
            <legend className={classes.legend}>{t("automation.kind")}</legend>
            {KINDS.map(({ key, Icon }) => (
              <button
                key={key}
                type="button"
                className={classes.kind}
                aria-pressed={kind === key}
                onClick={() => setKind(key)}
              >
                <Icon size={18} strokeWidth={1.75} aria-hidden />
                <span className={classes.kindName}>{t(`automation.kind_${key}`)}</span>
                <span className={classes.kindHelp}>{t(`automation.kind_${key}_help`)}</span>
              </button>
            ))}
          </fieldset>
          <TextInput
            label={t("automation.name")}
            required
            maxLength={100}
            data-autofocus
            value={name}
            error={fields.name}
            onChange={(event) => setName(event.currentTarget.value)}
          />
          <Select
            label={t("automation.object")}
            description={t("automation.object_help")}
            searchable
            clearable
            data={catalog.objects.map((one) => ({ value: one.key, label: label(one.label) }))}
            value={object}
            error={fields.object}
            onChange={setObject}
          />
          <Group justify="flex-end" gap="xs">
            <Button variant="default" onClick={onClose}>
              {t("ui.cancel")}
            </Button>
            <Button type="submit" loading={busy} disabled={name.trim() === ""}>
              {t("automation.create")}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
