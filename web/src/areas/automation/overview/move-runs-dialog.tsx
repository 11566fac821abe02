/** Runs of an older version go on with the published one: for each step at which some stand, where they go on. */
import { Alert, Button, Group, Modal, Select, Stack, Text } from "@mantine/core";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { ArrowRight } from "lucide-react";
import { type FormEvent, Fragment, useState } from "react";
import { useTranslation } from "react-i18next";
import type { FlowMigration } from "@/api/types";
import { label } from "@/lib/label";
import { useSubmit } from "@/lib/use-submit";
import { FormProblem } from "@/ui/form-problem";
import { RowsSkeleton } from "@/ui/states";
import { toastSuccess } from "@/ui/toast";
import classes from "../automation.module.css";
import { type Definition, type Palette, readDefinition } from "../model";
import { paletteQuery, runsKey } from "../requests";
import own from "./overview.module.css";
import { migrationKey, migrationQuery, moveRuns } from "./requests";

export function MoveRunsDialog({ flow, onClose }: { flow: string; onClose(): void }) {
  const { t } = useTranslation();
  const [version, setVersion] = useState<number | null>(null);
  const migration = useQuery(migrationQuery(flow, version)).data;
  const palette = useQuery(paletteQuery()).data;
  return (
    <Modal opened onClose={onClose} title={t("automation.move_title")} size={680}>
      {migration?.version && palette ? (
        <Stack gap="md">
          <Text size="sm">{t("automation.move_runs_text", { number: migration.current })}</Text>
          <Select
            label={t("automation.from_version")}
            allowDeselect={false}
            data={migration.versions.map(({ number, runs }) => ({
              value: String(number),
              label: t("automation.version_with_runs", { number, count: runs }),
            }))}
            value={String(migration.version)}
            onChange={(one) => setVersion(Number(one))}
          />
          <StepMap
            key={migration.version}
            flow={flow}
            version={migration.version}
            migration={migration}
            palette={palette}
            onClose={onClose}
          />
        </Stack>
      ) : (
        <RowsSkeleton rows={4} height={40} />
      )}
    </Modal>
  );
}

interface StepMapProps {
  flow: string;
  version: number;
  migration: FlowMigration;
  palette: Palette;
  onClose(): void;
}

function StepMap({ flow, version, migration, palette, onClose }: StepMapProps) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const before = readDefinition(migration.from_definition);
  const after = readDefinition(migration.definition);
  const [chosen, setChosen] = useState<Record<string, string | null>>(() =>
    Object.fromEntries(migration.nodes.map(({ node, suggested }) => [node, suggested])),
  );
  const { busy, problem, fields, submit } = useSubmit();
  const steps = Object.fromEntries(
    Object.entries(chosen).flatMap(([node, to]) => (to ? [[node, to] as const] : [])),
  );
  const staying = migration.nodes.some(({ node }) => !chosen[node]);
  const move = async (event: FormEvent) => {
    event.preventDefault();
    let told = { moved: 0, left: 0 };
    const done = await submit(async () => {
      told = (await moveRuns(flow, version, steps)).result;
    });
    if (!done) return;
    toastSuccess(t("automation.runs_moved", { count: told.moved, left: told.left }));
    await Promise.all([
      client.invalidateQueries({ queryKey: migrationKey(flow) }),
      client.invalidateQueries({ queryKey: runsKey() }),
    ]);
    onClose();
  };
  return (
    <form onSubmit={move}>
      <Stack gap="md">
        <FormProblem text={problem} />
        <div className={own.map}>
          {migration.nodes.map(({ node, tokens, choices }) => (
            <Fragment key={node}>
              <span className={own.from}>
                {nameOf(before, node, palette)}
                <div className={classes.quiet}>{t("automation.stand_here", { count: tokens })}</div>
              </span>
              <ArrowRight size={15} aria-hidden />
              <Select
                aria-label={t("automation.go_on_at", { name: nameOf(before, node, palette) })}
                placeholder={t("automation.stay")}
                clearable
                disabled={choices.length === 0}
                data={choices.map((id) => ({ value: id, label: nameOf(after, id, palette) }))}
                value={chosen[node] ?? null}
                error={fields[`steps.${node}`]}
                onChange={(to) => setChosen((all) => ({ ...all, [node]: to }))}
              />
            </Fragment>
          ))}
        </div>
        {staying && (
          <Alert color="yellow" variant="light">
            {t("automation.some_stay")}
          </Alert>
        )}
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={onClose}>
            {t("ui.cancel")}
          </Button>
          <Button type="submit" loading={busy} disabled={Object.keys(steps).length === 0}>
            {t("automation.move_now")}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

/** What a step is called: its own name, or that of its kind. */
function nameOf(definition: Definition, id: string, palette: Palette): string {
  const node = definition.nodes.find((one) => one.id === id);
  const kind = palette.steps.find(({ key }) => key === node?.kind);
  return label(node?.label) || label(kind?.label) || id;
}
