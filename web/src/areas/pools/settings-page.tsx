/** Pools, the rules by which records go back into them, and how many anybody may hold. */
import { Button } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { Plus } from "lucide-react";
import { type ReactNode, useState } from "react";
import { useTranslation } from "react-i18next";
import type { RecordRow } from "@/api/types";
import { findField, findObject, useCatalog } from "@/lib/catalog";
import { label } from "@/lib/label";
import { useOpens } from "@/lib/rights";
import { usePageTitle } from "@/lib/use-page-title";
import { Chip } from "@/ui/chip";
import { Page, PageHeader } from "@/ui/page";
import { EmptyState, ErrorState, RowsSkeleton } from "@/ui/states";
import things from "@/ui/things.module.css";
import classes from "./pools.module.css";
import { type HoldingLimit, type Pool, type RecycleRule, type Setting, settingsQuery } from "./requests";
import { SettingForm } from "./setting-form";

export function PoolSettingsPage() {
  const { t } = useTranslation();
  const catalog = useCatalog();
  const may = useOpens("configure");
  const [opened, setOpened] = useState<{ kind: Setting; record: RecordRow | null } | null>(null);
  usePageTitle(t("pools.settings"));
  const plural = (key: string) => label(findObject(catalog, key)?.plural) || key;
  const open = (kind: Setting) => (record: RecordRow | null) => setOpened({ kind, record });
  const dateOf = (rule: RecycleRule, pools: Pool[]) => {
    const object = findObject(catalog, pools.find(({ id }) => id === rule.pool?.id)?.object ?? "");
    const field = object && findField(object, rule.field ?? "updated_at");
    return field ? label(field.label) : (rule.field ?? "");
  };
  const pools = useQuery({ ...settingsQuery<Pool>("pool"), enabled: may }).data ?? [];
  if (!may) {
    return (
      <Page header={<PageHeader title={t("pools.settings")} />}>
        <EmptyState kind="forbidden" title={t("ui.forbidden")} />
      </Page>
    );
  }
  return (
    <Page width={960} header={<PageHeader title={t("pools.settings")} />}>
      <Things<Pool>
        kind="pool"
        onOpen={open("pool")}
        words={(one) => t("pools.pool_words", { object: plural(one.object), count: one.shown?.length ?? 0 })}
      />
      <Things<RecycleRule>
        kind="recycle_rule"
        onOpen={open("recycle_rule")}
        words={(one) =>
          t("pools.rule_words", {
            field: dateOf(one, pools),
            days: one.days,
            pool: one.pool?.title ?? "—",
            warned: one.warn_days === null ? "" : t("pools.rule_warned", { days: one.warn_days }),
          })
        }
      />
      <Things<HoldingLimit>
        kind="holding_limit"
        onOpen={open("holding_limit")}
        words={(one) => t("pools.limit_words", { object: plural(one.object), most: one.most })}
      />
      {opened && (
        <SettingForm
          key={opened.record?.id ?? opened.kind}
          kind={opened.kind}
          record={opened.record}
          onClose={() => setOpened(null)}
        />
      )}
    </Page>
  );
}

function Things<T extends RecordRow & { name: string; active: boolean }>({
  kind,
  words,
  onOpen,
}: {
  kind: Setting;
  words(one: T): ReactNode;
  onOpen(record: RecordRow | null): void;
}) {
  const { t } = useTranslation();
  const found = useQuery(settingsQuery<T>(kind));
  return (
    <section className={classes.section} aria-label={t(`pools.of_${kind}`)}>
      <div className={classes.sectionHead}>
        <h2>{t(`pools.of_${kind}`)}</h2>
        <Button size="compact-md" leftSection={<Plus size={16} />} onClick={() => onOpen(null)}>
          {t(`pools.new_${kind}`)}
        </Button>
      </div>
      {found.isError ? (
        <ErrorState compact error={found.error} onRetry={() => found.refetch()} />
      ) : found.isPending ? (
        <RowsSkeleton rows={2} height={48} />
      ) : found.data.length === 0 ? (
        <p className={classes.about}>{t(`pools.no_${kind}`)}</p>
      ) : (
        <ul className={things.list}>
          {found.data.map((one) => (
            <li key={one.id} className={classes.row}>
              <button type="button" className={classes.linkButton} onClick={() => onOpen(one)}>
                {one.name}
              </button>
              {!one.active && <Chip hue="slate">{t("pools.idle")}</Chip>}
              <span className={classes.detail}>{words(one)}</span>
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}
