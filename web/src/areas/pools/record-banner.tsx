/** Over a record: that it lies in a pool and may be claimed, or when it goes into one. */
import { Alert, Button } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { Hand, TimerReset, Waves } from "lucide-react";
import { useTranslation } from "react-i18next";
import { formatDate } from "@/lib/format";
import type { RecordPartProps } from "@/records/page/extensions";
import classes from "./pools.module.css";
import { poolOfRecordQuery } from "./requests";
import { useClaim } from "./use-claim";

const SOON_DAYS = 7;

export function PoolBanner({ object, record }: RecordPartProps) {
  const { t } = useTranslation();
  const found = useQuery(poolOfRecordQuery(object.key, record.id)).data;
  const claim = useClaim(object.key);
  if (found?.pool) {
    return (
      <Alert color="cyan" variant="light" p="sm" icon={<Waves size={16} />} role="status">
        <span className={classes.banner}>
          <span>
            {t("pools.lies_in", { pool: found.pool.title ?? "—" })}
            {found.former_owner?.title && t("pools.was_of", { who: found.former_owner.title })}
          </span>
          {found.may_claim && (
            <Button
              size="compact-sm"
              leftSection={<Hand size={14} />}
              loading={claim.isPending}
              onClick={() => claim.mutate([record.id])}
            >
              {t("pools.claim")}
            </Button>
          )}
        </span>
      </Alert>
    );
  }
  if (!found?.recycling || found.recycling.days > SOON_DAYS) return null;
  const { at, pool, rule } = found.recycling;
  return (
    <Alert color="orange" variant="light" p="sm" icon={<TimerReset size={16} />} role="status">
      {t("pools.goes_on", { day: formatDate(at), pool, rule })}
    </Alert>
  );
}
