/** The way of an opportunity: its stages with the days spent in each, and how it ended. */
import clsx from "clsx";
import { Check, CircleX, Trophy } from "lucide-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { Reference, StageGate } from "@/api/types";
import type { RecordPartProps } from "@/records/page/extensions";
import { useDaysInStages, useStageGates } from "../requests/use-stages";
import { StageGuide } from "./stage-guide";
import classes from "./stage-path.module.css";
import { StageQuestion } from "./stage-question";

const DAY_MS = 86_400_000;

export function StagePath({ object, record, save }: RecordPartProps) {
  const { t } = useTranslation();
  const [question, setQuestion] = useState<{ from: string | undefined; to: string } | null>(null);
  const { data, isPending } = useStageGates(record.id);
  const days = useDaysInStages(record.id).data;
  // What comes below must not jump when the stages arrive.
  if (isPending) return <div className={classes.waiting} aria-hidden />;
  const stages = data?.stages ?? [];
  if (stages.length === 0) return null;
  const current = (record.stage as Reference | null)?.id;
  const setAsked = (stage: StageGate) => setQuestion({ from: current, to: stage.id });
  // Where somebody else moved it meanwhile, what was asked is no question any more.
  const still = question && (current === question.from || current === question.to);
  const asked = still ? stages.find((stage) => stage.id === question.to) : undefined;
  const place = stages.findIndex((stage) => stage.id === current);
  const open = stages.filter((stage) => stage.category === "open");
  const ends = stages.filter((stage) => stage.category !== "open");
  const closed = ends.some((stage) => stage.id === current);
  const editable = record._rights?.edit !== false;
  const spent = (stage: StageGate) => {
    const since = typeof record.stage_since === "string" ? Date.parse(record.stage_since) : Number.NaN;
    const now = stage.id === current && !closed && since ? Math.max(0, Date.now() - since) / DAY_MS : 0;
    return Math.round((days?.get(stage.id) ?? 0) + now);
  };
  const passed = (stage: StageGate) =>
    closed ? (days?.has(stage.id) ?? false) : stages.findIndex(({ id }) => id === stage.id) < place;
  const here = stages[place];
  const next = closed ? undefined : open[open.findIndex((stage) => stage.id === current) + 1];
  return (
    <>
      <nav className={classes.path} aria-label={t("sales.stages")}>
        <ol className={classes.open}>
          {open.map((stage) => {
            const here = stage.id === current;
            return (
              <li key={stage.id} className={classes.step}>
                <button
                  type="button"
                  className={clsx(classes.chevron, here && classes.here, passed(stage) && classes.passed)}
                  aria-current={here ? "step" : undefined}
                  disabled={!editable || here}
                  onClick={() => setAsked(stage)}
                >
                  {passed(stage) && <Check size={14} aria-hidden="true" />}
                  <span className={classes.name}>{stage.name}</span>
                  {(here || days?.has(stage.id)) && (
                    <span className={classes.days}>{t("sales.days", { count: spent(stage) })}</span>
                  )}
                </button>
              </li>
            );
          })}
        </ol>
        <div className={classes.ends}>
          {ends.map((stage) => (
            <button
              key={stage.id}
              type="button"
              data-end={stage.category}
              className={clsx(classes.end, stage.id === current && classes.ended)}
              aria-current={stage.id === current ? "step" : undefined}
              disabled={!editable || stage.id === current}
              onClick={() => setAsked(stage)}
            >
              {stage.category === "won" ? (
                <Trophy size={14} aria-hidden="true" />
              ) : (
                <CircleX size={14} aria-hidden="true" />
              )}
              {stage.name}
            </button>
          ))}
        </div>
        {asked && (
          <StageQuestion
            object={object}
            record={record}
            gate={asked}
            save={save}
            onClose={() => setQuestion(null)}
          />
        )}
      </nav>
      {here && (
        <StageGuide
          object={object}
          record={record}
          here={here}
          next={next}
          since={data?.since ?? null}
          rotsAt={data?.rots_at ?? null}
          onFill={editable && next ? () => setAsked(next) : undefined}
        />
      )}
    </>
  );
}
