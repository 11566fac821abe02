/** What a recycling rule would do, asked before it is saved: counts, by owner, and the records one by one. */
import { Button, Text } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { FlaskConical } from "lucide-react";
import { useTranslation } from "react-i18next";
import type { CatalogObject, ThoughtOfRule } from "@/api/types";
import { errorMessage } from "@/lib/error-message";
import { formatDate } from "@/lib/format";
import { label } from "@/lib/label";
import { RecordLink } from "@/records/lookup/record-link";
import classes from "./pools.module.css";
import { foreseeRule } from "./requests";

const AHEAD = 30;
const TOLD = 50;

export function Foreseen({
  object,
  rule,
  ready,
}: {
  object: CatalogObject;
  rule: ThoughtOfRule;
  ready: boolean;
}) {
  const { t } = useTranslation();
  const asking = useMutation({ mutationFn: () => foreseeRule({ ...rule, days_ahead: AHEAD }) });
  const found = asking.data;
  return (
    <section className={classes.foreseen} aria-label={t("pools.foresee")}>
      <Button
        variant="default"
        leftSection={<FlaskConical size={16} />}
        disabled={!ready}
        loading={asking.isPending}
        onClick={() => asking.mutate()}
      >
        {t("pools.foresee")}
      </Button>
      {asking.isError && (
        <Text size="sm" c="var(--gx-danger)" role="alert" mt="xs">
          {errorMessage(asking.error)}
        </Text>
      )}
      {found && (
        <div aria-live="polite">
          <Text size="sm" mt="xs">
            {t("pools.would_go", {
              now: found.now,
              count: found.count,
              days: AHEAD,
              object: label(object.plural),
            })}
            {found.already > 0 && t("pools.go_already", { count: found.already })}
            {found.spared > 0 && t("pools.would_stay", { count: found.spared })}
            {found.more && t("pools.even_more")}
          </Text>
          <ul aria-label={t("pools.by_owner")}>
            {found.owners.map(({ owner, now, count }) => (
              <li key={owner.id}>
                <span>{owner.title ?? "—"}</span>
                <span>{t("pools.of_owner", { now, count })}</span>
              </li>
            ))}
          </ul>
          <ul aria-label={t("pools.which")}>
            {found.records.slice(0, TOLD).map(({ record, owner, at }) => (
              <li key={record.id}>
                <RecordLink object={object.key} id={record.id} className={classes.name}>
                  {record.title ?? "—"}
                </RecordLink>
                <span className={classes.since}>
                  {owner.title ?? "—"} · {formatDate(at)}
                </span>
              </li>
            ))}
          </ul>
        </div>
      )}
    </section>
  );
}
