/** How likely an opportunity is won, who says so, and why the model says what it says. */
import { Button } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { ArrowDown, ArrowUp, RotateCcw } from "lucide-react";
import { useTranslation } from "react-i18next";
import type { OpportunityProbability } from "@/api/types";
import { findField } from "@/lib/catalog";
import { formatDateTime, formatPercent } from "@/lib/format";
import { levelOn } from "@/records/field-kinds/shown-kind";
import type { RecordPartProps } from "@/records/page/extensions";
import { Chip } from "@/ui/chip";
import { EmptyState, ErrorState, RowsSkeleton } from "@/ui/states";
import classes from "./probability.module.css";
import { probabilityQuery } from "./requests";

const HUES = { stage: "slate", model: "violet", hand: "amber" } as const;

export function ProbabilityTab({ object, record, save }: RecordPartProps) {
  const { t } = useTranslation();
  const found = useQuery(probabilityQuery(record.id));
  if (found.isError) return <ErrorState compact error={found.error} onRetry={() => found.refetch()} />;
  if (!found.data) return <RowsSkeleton rows={3} height={40} />;
  const told = found.data;
  if (told.probability === null) return <EmptyState title={t("probability.none")} />;
  const field = findField(object, "probability");
  const editable = record._rights?.edit !== false && field && levelOn(field, record) === "edit";
  return (
    <section className={classes.tab} aria-label={t("sales.tab_probability")}>
      <p className={classes.verdict}>
        <strong>{formatPercent(told.probability)}</strong>
        {told.source && <Chip hue={HUES[told.source]}>{t(`probability.source_${told.source}`)}</Chip>}
        {told.source === "hand" && (
          <span className={classes.hint}>
            {t("probability.given", { who: told.by?.title ?? "—", at: formatDateTime(told.at) })}
          </span>
        )}
        {told.source === "hand" && told.stage !== null && editable && (
          <Button
            variant="default"
            size="compact-sm"
            leftSection={<RotateCcw size={14} />}
            onClick={() => void save({ probability: null })}
          >
            {t("probability.clear")}
          </Button>
        )}
      </p>
      {told.stage === null ? (
        <p className={classes.hint}>{t("probability.decided")}</p>
      ) : (
        <>
          <dl className={classes.figures}>
            <div>
              <dt>{t("probability.source_stage")}</dt>
              <dd>{formatPercent(told.stage)}</dd>
            </div>
            <div>
              <dt>{t("probability.source_model")}</dt>
              <dd>{told.model === null ? "—" : formatPercent(told.model)}</dd>
            </div>
          </dl>
          {told.state === "in_use" ? (
            <Reasons told={told} />
          ) : (
            <p className={classes.hint}>{t(`probability.${told.state}`)}</p>
          )}
        </>
      )}
    </section>
  );
}

function Reasons({ told }: { told: OpportunityProbability }) {
  const { t } = useTranslation();
  const strongest = Math.max(1, ...told.reasons.map((one) => Math.abs(one.weight)));
  return (
    <>
      <h3 className={classes.title}>{t("probability.reasons")}</h3>
      {told.reasons.length === 0 && <p className={classes.hint}>{t("probability.no_reasons")}</p>}
      <ul className={classes.reasons}>
        {told.reasons.map((one) => {
          const up = one.weight > 0;
          const Arrow = up ? ArrowUp : ArrowDown;
          return (
            <li key={one.factor} data-up={up || undefined}>
              <span className={classes.direction}>
                <Arrow size={14} aria-hidden />
                {t(up ? "probability.up" : "probability.down")}
              </span>
              <span className={classes.text}>{one.text}</span>
              <span className={classes.bar} aria-hidden>
                <span style={{ width: `${(Math.abs(one.weight) / strongest) * 100}%` }} />
              </span>
            </li>
          );
        })}
      </ul>
      {told.unseen > 0 && <p className={classes.hint}>{t("probability.unseen", { count: told.unseen })}</p>}
    </>
  );
}
