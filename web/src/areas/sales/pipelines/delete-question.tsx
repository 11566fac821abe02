/** What is to be deleted still has opportunities: a stage's go to another stage first, a pipeline's are shown. */
import { Anchor, Button, Group, Modal, Select, Stack, Text } from "@mantine/core";
import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { RemovedStage } from "@/api/types";
import { recordKeys, runAction } from "@/lib/records";
import { useSubmit } from "@/lib/use-submit";
import { listHref } from "@/records/related/list-href";
import { FormProblem } from "@/ui/form-problem";
import { showUndo } from "@/ui/undo-toast";
import type { Pipeline, Stage } from "./pipelines";
import type { Subject } from "./use-delete";

export function DeleteQuestion({
  subject,
  all,
  onClose,
}: {
  subject: Subject;
  all: { pipelines: Pipeline[]; stages: Stage[] };
  onClose(): void;
}) {
  const { t } = useTranslation();
  const { object, record, count } = subject;
  const link = (
    <Anchor href={listHref("opportunity", { key: object, kind: "lookup" }, record.id)}>
      {t("pipelines.show_used")}
    </Anchor>
  );
  return (
    <Modal opened onClose={onClose} title={t("pipelines.delete_title", { name: record.name })} size={480}>
      {object === "stage" ? (
        <MoveAndDelete stage={record} count={count} all={all} onClose={onClose} />
      ) : (
        <Stack gap="sm">
          <Text>{t("pipelines.pipeline_used", { count })}</Text>
          <Group justify="space-between" mt="xs">
            {link}
            <Button onClick={onClose}>{t("ui.close")}</Button>
          </Group>
        </Stack>
      )}
    </Modal>
  );
}

function MoveAndDelete({
  stage,
  count,
  all,
  onClose,
}: {
  stage: Stage;
  count: number;
  all: { pipelines: Pipeline[]; stages: Stage[] };
  onClose(): void;
}) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const { busy, problem, fields, submit } = useSubmit();
  const [target, setTarget] = useState<string | null>(null);
  const offered = all.pipelines.map((pipeline) => ({
    group: pipeline.name,
    items: all.stages
      .filter((one) => one.pipeline.id === pipeline.id && one.id !== stage.id)
      .map(({ id, name }) => ({ value: id, label: name })),
  }));
  const move = async () => {
    const done = await submit(async () => {
      const params = { stage: stage.id, move_to: target };
      const { result, change_set } = await runAction<RemovedStage>("sales/remove-stage", params);
      showUndo(t("pipelines.moved_and_deleted", { name: stage.name, count: result.moved }), change_set);
    });
    if (!done) return;
    onClose();
    await client.invalidateQueries({ queryKey: recordKeys.all() });
  };
  return (
    <Stack gap="sm">
      <FormProblem text={problem ?? Object.values(fields)[0] ?? null} />
      <Text>{t("pipelines.stage_used", { count })}</Text>
      <Select
        label={t("pipelines.move_to")}
        placeholder={t("pipelines.choose_stage")}
        data={offered.filter(({ items }) => items.length > 0)}
        searchable
        value={target}
        onChange={setTarget}
      />
      <Group justify="flex-end" gap="xs" mt="xs">
        <Button variant="default" onClick={onClose}>
          {t("ui.cancel")}
        </Button>
        <Button color="red" disabled={!target} loading={busy} onClick={move}>
          {t("pipelines.move_and_delete")}
        </Button>
      </Group>
    </Stack>
  );
}
