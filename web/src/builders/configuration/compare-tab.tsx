/** Another configuration beside this one: where it is, what differs, and the way to take over what is chosen. */
import { Alert, Button, SegmentedControl } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { CircleCheck, FlaskConical, Info, RefreshCw } from "lucide-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { sessionQuery } from "@/lib/me";
import { EmptyState, RowsSkeleton } from "@/ui/states";
import { Writable } from "@/ui/writable";
import classes from "./configuration.module.css";
import { DifferenceList } from "./difference-list";
import { chosenAtFirst, counted, type Difference } from "./model";
import { PlanDialog } from "./plan-dialog";
import { Refused } from "./refused";
import { type Comparison, comparisonQuery, type Source } from "./requests";
import { SourceCard } from "./source-card";

export function CompareTab({
  from,
  onApplied,
  onSandboxes,
}: {
  from?: string;
  onApplied: () => void;
  onSandboxes: () => void;
}) {
  const { t } = useTranslation();
  const workspaces = useQuery(sessionQuery()).data?.workspaces ?? [];
  const [source, setSource] = useState<Source | null>(
    from ? { id: from, name: from, given: { workspace: from } } : null,
  );
  const named = workspaces.find(({ slug }) => slug === source?.name)?.name;
  return (
    <>
      <SourceCard source={source} onSource={setSource} />
      {source ? (
        <Compared
          key={source.id}
          source={named ? { ...source, name: named } : source}
          onApplied={onApplied}
        />
      ) : (
        <EmptyState
          title={t("configuration.choose_source")}
          action={
            workspaces.length === 1 && (
              <Button variant="default" leftSection={<FlaskConical size={16} />} onClick={onSandboxes}>
                {t("configuration.to_sandboxes")}
              </Button>
            )
          }
        >
          {t("configuration.choose_source_text")}
        </EmptyState>
      )}
    </>
  );
}

function Compared({ source, onApplied }: { source: Source; onApplied: () => void }) {
  const { t } = useTranslation();
  const answer = useQuery(comparisonQuery(source));
  if (answer.isFetching)
    return (
      <section className={classes.card} aria-live="polite">
        <p className={classes.quiet}>{t("configuration.comparing")}</p>
        <RowsSkeleton rows={6} height={44} />
      </section>
    );
  if (answer.isError) return <Refused error={answer.error} onRetry={() => answer.refetch()} />;
  if (!answer.data) return null;
  return (
    <Differences
      key={answer.data.fingerprint}
      source={source}
      comparison={answer.data}
      onAgain={() => answer.refetch()}
      onApplied={onApplied}
    />
  );
}

type Shown = "all" | "added" | "changed" | "removed";

function Differences({
  source,
  comparison,
  onAgain,
  onApplied,
}: {
  source: Source;
  comparison: Comparison;
  onAgain: () => void;
  onApplied: () => void;
}) {
  const { t, i18n } = useTranslation();
  const { differences, left_out } = comparison;
  const [chosen, setChosen] = useState(() => chosenAtFirst(differences));
  const [shown, setShown] = useState<Shown>("all");
  const [planning, setPlanning] = useState(false);
  const counts = { all: differences.length, ...counted(differences) };
  const listed = differences.filter(({ op }) => shown === "all" || op === shown);
  const selectable = listed.filter(({ obstacles }) => obstacles.length === 0);
  const every = selectable.length > 0 && selectable.every(({ name }) => chosen.has(name));
  const toggleAll = () => {
    const names = selectable.map(({ name }) => name);
    const kept = [...chosen].filter((name) => !names.includes(name));
    setChosen(new Set(every ? kept : [...kept, ...names]));
  };
  const sections = left_out.map((name) =>
    i18n.exists(`configuration.sort_${name}`) ? t(`configuration.sort_${name}`) : name,
  );
  return (
    <>
      {sections.length > 0 && (
        <Alert color="gray" variant="light" mb="sm" icon={<Info size={16} />}>
          {t("configuration.left_out", { sections: sections.join(t("configuration.comma")) })}
        </Alert>
      )}
      {differences.length === 0 ? (
        <section className={classes.card}>
          <EmptyState
            title={t("configuration.same")}
            action={
              <Button variant="default" leftSection={<RefreshCw size={15} />} onClick={onAgain}>
                {t("configuration.compare_again")}
              </Button>
            }
          >
            <CircleCheck size={14} aria-hidden className={classes.inline} />{" "}
            {t("configuration.same_text", { name: source.name })}
          </EmptyState>
        </section>
      ) : (
        <>
          <div className={classes.tools}>
            <SegmentedControl
              size="xs"
              aria-label={t("configuration.shown")}
              data={(["all", "added", "changed", "removed"] as const).map((value) => ({
                value,
                label: t(`configuration.shown_${value}`, { count: counts[value] }),
              }))}
              value={shown}
              onChange={(next) => setShown(next as Shown)}
            />
            <span className={classes.space} />
            <Button size="compact-sm" variant="subtle" onClick={toggleAll} disabled={selectable.length === 0}>
              {t(every ? "configuration.choose_none" : "configuration.choose_all")}
            </Button>
            <Button
              size="compact-sm"
              variant="subtle"
              leftSection={<RefreshCw size={14} />}
              onClick={onAgain}
            >
              {t("configuration.compare_again")}
            </Button>
          </div>
          <p className={classes.lead}>{t("configuration.direction", { name: source.name })}</p>
          <DifferenceList differences={listed} all={differences} chosen={chosen} onChosen={setChosen} />
          <footer className={classes.foot}>
            <span className={classes.quiet} aria-live="polite">
              {t("configuration.chosen", { count: chosen.size })}
            </span>
            <Writable>
              <Button disabled={chosen.size === 0} onClick={() => setPlanning(true)}>
                {t("configuration.show_plan")}
              </Button>
            </Writable>
          </footer>
        </>
      )}
      {planning && (
        <PlanDialog
          source={source}
          chosen={differences.filter((one: Difference) => chosen.has(one.name))}
          expected={comparison.fingerprint}
          onAgain={() => {
            setPlanning(false);
            onAgain();
          }}
          onApplied={onApplied}
          onClose={() => setPlanning(false)}
        />
      )}
    </>
  );
}
