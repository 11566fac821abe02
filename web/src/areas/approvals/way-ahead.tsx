/** The steps that a change would come to, who is asked at each, and how long that has usually taken. */
import { useTranslation } from "react-i18next";
import type { Reference, Rehearsal, RehearsedStep } from "@/api/types";
import { formatNumber } from "@/lib/format";
import { Avatar } from "@/ui/avatar";
import { Chip } from "@/ui/chip";
import classes from "./approvals.module.css";
import { PeoplePicker } from "./people-picker";
import { sideBySide } from "./side-by-side";
import { Ways } from "./ways";
import { standsIn } from "./words";

const MINUTES = 60;

/** Whom the submitter has chosen, by the place of the step. */
export type Chosen = Record<string, Reference[]>;

interface WayAheadProps {
  rehearsal: Rehearsal;
  chosen: Chosen;
  onChoose(place: string, people: Reference[]): void;
}

export const placeOf = ({ flow, node }: RehearsedStep) => `${flow.id}/${node}`;

export function WayAhead({ rehearsal, chosen, onChoose }: WayAheadProps) {
  const { t } = useTranslation();
  const time = useTime();
  // One flow's name is in the question already.
  const several = new Set(rehearsal.steps.map(({ flow }) => flow.id)).size > 1;
  if (rehearsal.steps.length === 0) return <p className={classes.quiet}>{t("approvals.no_steps")}</p>;
  return (
    <>
      <Ways
        className={classes.way}
        groups={sideBySide(rehearsal.steps, (one, other) => one.flow.id !== other.flow.id)}
        keyOf={placeOf}
      >
        {(step) => (
          <Step
            key={placeOf(step)}
            step={step}
            flow={several ? step.flow.title : null}
            chosen={chosen[placeOf(step)] ?? []}
            notAskable={rehearsal.not_askable}
            onChoose={(people) => onChoose(placeOf(step), people)}
          />
        )}
      </Ways>
      {rehearsal.hours !== null && (
        <p className={classes.quiet}>{t("approvals.as_usual", { time: time(rehearsal.hours) })}</p>
      )}
    </>
  );
}

interface StepProps {
  step: RehearsedStep;
  flow: string | null;
  chosen: Reference[];
  /** People who cannot be chosen. */
  notAskable: readonly string[];
  onChoose(people: Reference[]): void;
}

function Step({ step, flow, chosen, notAskable, onChoose }: StepProps) {
  const { t } = useTranslation();
  const time = useTime();
  const several = step.people.length > 1 && step.mode;
  return (
    <li className={classes.wayStep}>
      <div className={classes.stepHead}>
        <strong title={step.label}>{step.label}</strong>
        {flow && <span className={classes.quiet}>{flow}</span>}
        {several && <Chip>{t(`approvals.mode_${step.mode}`)}</Chip>}
        {step.hours !== null && <span className={classes.quiet}>{time(step.hours)}</span>}
      </div>
      {step.choose && (
        <PeoplePicker
          several
          label={t("approvals.choose_for", { step: step.label })}
          value={chosen}
          without={[...notAskable, ...step.people.map(({ id }) => id)]}
          onChange={onChoose}
        />
      )}
      {step.choose && step.people.length === 0 ? null : step.automatic ? (
        <span className={classes.quiet}>{t(`approvals.automatic_${step.automatic}`)}</span>
      ) : (
        <ul className={classes.people}>
          {step.people.map((person) => (
            <li key={person.id}>
              <Avatar name={person.title ?? "?"} size={20} />
              {person.title}
              {person.stands_in.length > 0 && standsIn(t, person)}
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
