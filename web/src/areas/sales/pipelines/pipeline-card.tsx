/** One pipeline: its name, its stages to be put in order, and what can be done to it. */
import { ActionIcon, Button, Menu } from "@mantine/core";
import { useQueryClient } from "@tanstack/react-query";
import { ArrowDown, ArrowUp, Ellipsis, Pencil, Plus, Star, Trash2 } from "lucide-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { recordKeys, updateRecord } from "@/lib/records";
import { Chip } from "@/ui/chip";
import { toastError } from "@/ui/toast";
import { DeleteQuestion } from "./delete-question";
import { PipelineDialog } from "./pipeline-dialog";
import { moved, type Pipeline, type Stage, stagesQuery } from "./pipelines";
import classes from "./pipelines.module.css";
import { StageDialog } from "./stage-dialog";
import { StageRow } from "./stage-row";
import { type Subject, useDelete } from "./use-delete";
import { useReorder } from "./use-reorder";

export function PipelineCard({
  pipeline,
  stages,
  all,
  usage,
  at,
  onMove,
  onSaid,
}: {
  pipeline: Pipeline;
  stages: Stage[];
  all: { pipelines: Pipeline[]; stages: Stage[] };
  /** Opportunities by stage; absent while nobody knows. */
  usage: Map<string, number> | undefined;
  at: number;
  onMove(to: number): void;
  onSaid(text: string): void;
}) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const [task, setTask] = useState<"rename" | "add" | Stage | null>(null);
  const [held, setHeld] = useState<Subject | null>(null);
  const reorder = useReorder("stage", stagesQuery().queryKey);
  const remove = useDelete(setHeld);

  const moveStage = async (id: string, to: number) => {
    const next = moved(stages, id, to);
    const place = next.findIndex((stage) => stage.id === id) + 1;
    const name = next[place - 1]?.name;
    if (await reorder(next)) onSaid(t("pipelines.now_at", { name, place, of: next.length }));
  };
  const makeDefault = async () => {
    try {
      await updateRecord("pipeline", pipeline.id, { is_default: true });
      await client.invalidateQueries({ queryKey: recordKeys.of("pipeline") });
    } catch (error) {
      toastError(error);
    }
  };

  return (
    <section className={classes.card} aria-label={pipeline.name}>
      <header className={classes.head}>
        <h2 className={classes.name}>{pipeline.name}</h2>
        {pipeline.is_default && <Chip hue="blue">{t("pipelines.default")}</Chip>}
        <span className={classes.space} />
        <Menu position="bottom-end">
          <Menu.Target>
            <ActionIcon
              variant="subtle"
              color="gray"
              aria-label={t("pipelines.actions_of", { name: pipeline.name })}
            >
              <Ellipsis size={16} />
            </ActionIcon>
          </Menu.Target>
          <Menu.Dropdown>
            <Menu.Item leftSection={<Pencil size={16} />} onClick={() => setTask("rename")}>
              {t("pipelines.edit")}
            </Menu.Item>
            {!pipeline.is_default && (
              <Menu.Item leftSection={<Star size={16} />} onClick={makeDefault}>
                {t("pipelines.make_default")}
              </Menu.Item>
            )}
            <Menu.Item leftSection={<ArrowUp size={16} />} disabled={at === 0} onClick={() => onMove(at - 1)}>
              {t("pipelines.up")}
            </Menu.Item>
            <Menu.Item
              leftSection={<ArrowDown size={16} />}
              disabled={at === all.pipelines.length - 1}
              onClick={() => onMove(at + 1)}
            >
              {t("pipelines.down")}
            </Menu.Item>
            <Menu.Item
              color="red"
              leftSection={<Trash2 size={16} />}
              onClick={() => remove({ object: "pipeline", record: pipeline })}
            >
              {t("ui.delete")}
            </Menu.Item>
          </Menu.Dropdown>
        </Menu>
      </header>
      {stages.length === 0 ? (
        <p className={classes.empty}>{t("pipelines.no_stages")}</p>
      ) : (
        <ol className={classes.stages}>
          {stages.map((stage, place) => (
            <StageRow
              key={stage.id}
              stage={stage}
              at={place}
              of={stages.length}
              used={usage ? (usage.get(stage.id) ?? 0) : null}
              onMove={moveStage}
              onEdit={() => setTask(stage)}
              onDelete={() => remove({ object: "stage", record: stage })}
            />
          ))}
        </ol>
      )}
      <Button
        className={classes.add}
        variant="subtle"
        size="compact-md"
        leftSection={<Plus size={14} />}
        onClick={() => setTask("add")}
      >
        {t("pipelines.add_stage")}
      </Button>
      {task === "rename" && (
        <PipelineDialog
          pipeline={pipeline}
          pipelines={all.pipelines}
          stages={all.stages}
          onClose={() => setTask(null)}
          onSaid={onSaid}
        />
      )}
      {task !== null && task !== "rename" && (
        <StageDialog
          stage={task === "add" ? null : task}
          pipeline={pipeline.id}
          stages={stages}
          onClose={() => setTask(null)}
        />
      )}
      {held && <DeleteQuestion subject={held} all={all} onClose={() => setHeld(null)} />}
    </section>
  );
}
