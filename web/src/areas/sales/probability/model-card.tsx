/** What the model of probabilities is worth against the stages, and a training at once. */
import { Button } from "@mantine/core";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import type { AskedTraining, ProbabilityModel } from "@/api/types";
import { formatDateTime, formatNumber } from "@/lib/format";
import { runAction } from "@/lib/records";
import { Card } from "@/ui/card";
import { ErrorState, RowsSkeleton } from "@/ui/states";
import { toastError } from "@/ui/toast";
import classes from "./probability.module.css";
import { modelQuery } from "./requests";

const DIGITS = 3;

export function ModelCard() {
  const { t } = useTranslation();
  const client = useQueryClient();
  const found = useQuery(modelQuery());
  const training = useMutation({
    mutationFn: () => runAction<AskedTraining>("sales/train-probability", {}),
    onSuccess: () => client.invalidateQueries({ queryKey: modelQuery().queryKey }),
    onError: toastError,
  });
  return (
    <Card title={t("probability.model")} text={t("probability.model_text")}>
      {found.isError ? (
        <ErrorState compact error={found.error} onRetry={() => found.refetch()} />
      ) : !found.data ? (
        <RowsSkeleton rows={2} />
      ) : (
        <>
          <p className={classes.state} data-state={found.data.state}>
            {t(`probability.state_${found.data.state}`, {
              deals: formatNumber(found.data.deals),
              needed: found.data.needed,
            })}
          </p>
          {found.data.brier !== null && <Figures model={found.data} />}
          <p className={classes.foot}>
            <Button
              variant="default"
              size="compact-sm"
              loading={training.isPending || found.data.waits}
              onClick={() => training.mutate()}
            >
              {t("probability.train")}
            </Button>
            <span className={classes.hint}>
              {found.data.trained_at
                ? t("probability.trained_at", { at: formatDateTime(found.data.trained_at) })
                : t("probability.trains_at_night")}
            </span>
          </p>
        </>
      )}
    </Card>
  );
}

function Figures({ model }: { model: ProbabilityModel }) {
  const { t } = useTranslation();
  const rows = [
    ["brier", model.brier, model.stage_brier],
    ["log_loss", model.log_loss, model.stage_log_loss],
  ] as const;
  return (
    <table className={classes.scores}>
      <caption>
        {t("probability.tried", { tried: formatNumber(model.tried), deals: formatNumber(model.deals) })}
      </caption>
      <thead>
        <tr>
          <td />
          <th scope="col">{t("probability.source_model")}</th>
          <th scope="col">{t("probability.source_stage")}</th>
        </tr>
      </thead>
      <tbody>
        {rows.map(([key, own, stage]) => (
          <tr key={key}>
            <th scope="row">{t(`probability.${key}`)}</th>
            <td>{formatNumber(own, DIGITS)}</td>
            <td>{formatNumber(stage, DIGITS)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
