/** The steps that a change would come to, who is asked at each, and how long that has usually taken. */
import { useTranslation } from "react-i18next";
import type { Rehearsal, RehearsedStep } from "@/api/types";
import { formatNumber } from "@/lib/format";
import { Avatar } from "@/ui/avatar";
import { Chip } from "@/ui/chip";
import classes from "./approvals.module.css";

const MINUTES = 60;

export function WayAhead({ rehearsal }: { rehearsal: Rehearsal }) {
  const { t } = useTranslation();
  const time = useTime();
  // One flow's name is in the question already.
  const several = new Set(rehearsal.steps.map(({ flow }) => flow)).size > 1;
  if (rehearsal.steps.length === 0) return <p className={classes.quiet}>{t("approvals.no_steps")}</p>;
  return (
    <>
      <ol className={classes.way}>
        {rehearsal.steps.map((step) => (
          <Step key={`${step.flow}/${step.node}`} step={step} flow={several ? step.flow : null} />
        ))}
      </ol>
      {rehearsal.hours !== null && (
        <p className={classes.quiet}>{t("approvals.as_usual", { time: time(rehearsal.hours) })}</p>
      )}
    </>
  );
}

function Step({ step, flow }: { step: RehearsedStep; flow: string | null }) {
  const { t } = useTranslation();
  const time = useTime();
  const several = step.people.length > 1 && step.mode;
  return (
    <li className={classes.wayStep}>
      <div className={classes.stepHead}>
        <strong>{step.label}</strong>
        {flow && <span className={classes.quiet}>{flow}</span>}
        {several && <Chip>{t(`approvals.mode_${step.mode}`)}</Chip>}
        {step.hours !== null && <span className={classes.quiet}>{time(step.hours)}</span>}
      </div>
      {step.automatic ? (
        <span className={classes.quiet}>{t(`approvals.automatic_${step.automatic}`)}</span>
      ) : (
        <ul className={classes.people}>
          {step.people.map((person) => (
            <li key={person.id}>
              <Avatar name={person.title ?? "?"} size={20} />
              {person.title}
            </li>
          ))}
        </ul>
      )}
    </li>
  );
}

/** Hours in words; less than one of them in minutes. */
function useTime(): (hours: number) => string {
  const { t } = useTranslation();
  return (hours) =>
    hours < 1
      ? t("approvals.minutes", { count: Math.max(1, Math.round(hours * MINUTES)) })
      : t("approvals.hours", { count: hours, shown: formatNumber(hours, 1) });
}
