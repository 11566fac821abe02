/** How leads are graded: the model, the rules of both axes, what they would do, and how far the leads are graded anew. */
import { Button, Progress } from "@mantine/core";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { Plus } from "lucide-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { GradingEvent, GradingProgress, ThoughtOfModel } from "@/api/types";
import { formatNumber, formatRelative } from "@/lib/format";
import { label } from "@/lib/label";
import { updateRecord } from "@/lib/records";
import { useOpens } from "@/lib/rights";
import { usePageTitle } from "@/lib/use-page-title";
import { useRecordForm } from "@/records/form/use-record-form";
import { Card } from "@/ui/card";
import { Chip } from "@/ui/chip";
import { Page, PageHeader } from "@/ui/page";
import { EmptyState, ErrorState, RowsSkeleton } from "@/ui/states";
import things from "@/ui/things.module.css";
import { toastSuccess } from "@/ui/toast";
import { Writable } from "@/ui/writable";
import classes from "./grading.module.css";
import { ModelCard } from "./model-card";
import { Preview } from "./preview";
import {
  type GradingModel,
  type GradingRule,
  gradingChanged,
  gradingQuery,
  MODEL,
  modelsQuery,
  rulesQuery,
  thought,
} from "./requests";
import { RuleForm } from "./rule-form";

const PARTS = [
  "fit_a",
  "fit_b",
  "engagement_a",
  "engagement_b",
  "fit_weight",
  "engagement_weight",
  "matrix",
] as const;

export function GradingPage() {
  const { t } = useTranslation();
  const may = useOpens("configure");
  usePageTitle(t("grading.title"));
  const models = useQuery({ ...modelsQuery(), enabled: may });
  const state = useQuery({ ...gradingQuery(), enabled: may });
  const header = <PageHeader title={t("grading.title")} />;
  if (!may) {
    return (
      <Page header={header}>
        <EmptyState kind="forbidden" title={t("ui.forbidden")} />
      </Page>
    );
  }
  const model = models.data?.[0];
  const failed = models.isError ? models : state.isError ? state : null;
  return (
    <Writable>
      <Page width={960} header={header}>
        {failed ? (
          <ErrorState error={failed.error} onRetry={() => failed.refetch()} />
        ) : !models.data || !state.data ? (
          <RowsSkeleton rows={6} />
        ) : model ? (
          <Model
            key={`${model.id} ${model.rev}`}
            model={model}
            events={state.data.events}
            progress={state.data.progress}
          />
        ) : (
          <EmptyState title={t("grading.no_model")} />
        )}
      </Page>
    </Writable>
  );
}

interface ModelProps {
  model: GradingModel;
  events: GradingEvent[];
  progress: GradingProgress | null;
}

function Model({ model, events, progress }: ModelProps) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const rules = useQuery(rulesQuery(model.id));
  const form = useRecordForm([], model);
  const [saving, setSaving] = useState(false);
  const [opened, setOpened] = useState<{ rule: GradingRule | null; axis: GradingRule["axis"] } | null>(null);
  const drafted = Object.fromEntries(
    PARTS.map((key) => [key, form.values[key]]),
  ) as unknown as ThoughtOfModel;
  const known = rules.data ?? [];
  const save = async () => {
    setSaving(true);
    try {
      await updateRecord(MODEL, model.id, form.changes(), model.rev);
      toastSuccess(t("grading.saved"));
      await gradingChanged(client);
    } catch (error) {
      form.refuse(error);
    } finally {
      setSaving(false);
    }
  };
  const words = (rule: GradingRule) =>
    [
      t("grading.rule_points", { points: formatNumber(rule.points) }),
      rule.event &&
        t("grading.rule_event", {
          event: label(events.find(({ object }) => object === rule.event)?.label) || rule.event,
        }),
      rule.half_life_days && t("grading.rule_half_life", { days: rule.half_life_days }),
      rule.at_most && t("grading.rule_at_most", { points: rule.at_most }),
    ]
      .filter(Boolean)
      .join(" · ");
  return (
    <div className={classes.parts}>
      {progress && <Graded progress={progress} />}
      <ModelCard
        value={drafted}
        problems={form.problems}
        dirty={form.dirty}
        saving={saving}
        onChange={(changed) => {
          for (const [key, value] of Object.entries(changed)) form.set(key, value);
        }}
        onSave={save}
      />
      {form.general && (
        <p role="alert" className={classes.problem}>
          {form.general}
        </p>
      )}
      {(["fit", "engagement"] as const).map((axis) => (
        <section key={axis} aria-label={t(`grading.rules_${axis}`)}>
          <div className={classes.sectionHead}>
            <h2>{t(`grading.rules_${axis}`)}</h2>
            <Button
              size="compact-md"
              leftSection={<Plus size={16} />}
              onClick={() => setOpened({ rule: null, axis })}
            >
              {t("grading.new_rule")}
            </Button>
          </div>
          {rules.isError ? (
            <ErrorState compact error={rules.error} onRetry={() => rules.refetch()} />
          ) : rules.isPending ? (
            <RowsSkeleton rows={3} height={48} />
          ) : (
            <ul className={things.list}>
              {known
                .filter((rule) => rule.axis === axis)
                .map((rule) => (
                  <li key={rule.id} className={classes.row}>
                    <button
                      type="button"
                      className={classes.linkButton}
                      onClick={() => setOpened({ rule, axis })}
                    >
                      {rule.name}
                    </button>
                    {!rule.active && <Chip hue="slate">{t("grading.idle")}</Chip>}
                    <span className={classes.detail}>{words(rule)}</span>
                  </li>
                ))}
            </ul>
          )}
        </section>
      ))}
      <Card title={t("grading.preview_title")} text={t("grading.preview_text")}>
        <Preview
          think={() => ({ model: drafted, rules: known.filter((rule) => rule.active).map(thought) })}
        />
      </Card>
      {opened && (
        <RuleForm
          key={opened.rule?.id ?? opened.axis}
          model={model}
          drafted={drafted}
          rules={known}
          events={events}
          rule={opened.rule}
          axis={opened.axis}
          onClose={() => setOpened(null)}
        />
      )}
    </div>
  );
}

function Graded({ progress: { done, total, finished_at } }: { progress: GradingProgress }) {
  const { t } = useTranslation();
  if (finished_at)
    return (
      <p className={classes.detail} role="status">
        {t("grading.graded", { count: done, when: formatRelative(finished_at) })}
      </p>
    );
  return (
    <div role="status">
      <p className={classes.detail}>{t("grading.being_graded", { done, total: Math.max(total, done) })}</p>
      <Progress
        value={total ? Math.min(100, (done / total) * 100) : 0}
        aria-label={t("grading.being_graded", { done, total })}
      />
    </div>
  );
}
