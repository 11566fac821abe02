/** The records of one pool: a table, or cards on phones; chosen ones are claimed or given together. */
import { Button, Checkbox, TextInput } from "@mantine/core";
import { useDebouncedValue, useMediaQuery } from "@mantine/hooks";
import { useInfiniteQuery } from "@tanstack/react-query";
import { Hand, Search, UserPlus } from "lucide-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { OwnPool, RecordRow } from "@/api/types";
import { useObject } from "@/lib/catalog";
import { formatRelative } from "@/lib/format";
import { label } from "@/lib/label";
import { useOnlyLooks } from "@/lib/rights";
import { RecordLink } from "@/records/lookup/record-link";
import { titleOf } from "@/records/lookup/use-record-options";
import { EmptyState, ErrorState, RowsSkeleton } from "@/ui/states";
import { GiveDialog } from "./give-dialog";
import { Cell, columnsOf } from "./pool-cells";
import classes from "./pools.module.css";
import { lyingQuery } from "./requests";
import { useClaim } from "./use-claim";

const PAUSE_MS = 250;

export function PoolList({ pool }: { pool: OwnPool }) {
  const { t } = useTranslation();
  const object = useObject(pool.object);
  const phone = useMediaQuery("(max-width: 48em)", undefined, { getInitialValueInEffect: false });
  const looks = useOnlyLooks();
  const [typed, setTyped] = useState("");
  const [search] = useDebouncedValue(typed.trim(), PAUSE_MS);
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  const [giving, setGiving] = useState(false);
  const none = () => setChosen(new Set());
  const claim = useClaim(pool.object, none);
  const columns = object ? columnsOf(object, pool) : [];
  const select = [object?.title ?? "name", ...columns.map(({ key }) => key)];
  const found = useInfiniteQuery(lyingQuery(pool.object, pool.id, select, search));
  if (!object) return null;
  const rows = found.data?.pages.flatMap((page) => page.rows) ?? [];
  const there = rows.filter(({ id }) => chosen.has(id)).map(({ id }) => id);
  const toggle = (id: string) =>
    setChosen((now) => new Set(now.has(id) ? [...now].filter((one) => one !== id) : [...now, id]));
  const tick = (record: RecordRow) => (
    <Checkbox
      size="xs"
      checked={chosen.has(record.id)}
      onChange={() => toggle(record.id)}
      aria-label={t("pools.choose", { title: titleOf(object, record) })}
    />
  );
  const button = (record: RecordRow) => (
    <Button
      size="compact-sm"
      variant="light"
      disabled={looks || claim.isPending}
      onClick={() => claim.mutate([record.id])}
      aria-label={t("pools.claim_this", { title: titleOf(object, record) })}
    >
      {t("pools.claim")}
    </Button>
  );
  const since = (record: RecordRow) => formatRelative(String(record.pooled_at ?? ""));
  return (
    <>
      <div className={classes.tools}>
        <TextInput
          className={classes.search}
          leftSection={<Search size={16} />}
          placeholder={t("pools.search")}
          aria-label={t("pools.search")}
          value={typed}
          onChange={(event) => setTyped(event.currentTarget.value)}
        />
        <span className={classes.space} />
        {there.length > 0 && !looks && (
          <>
            <span className={classes.chosen}>{t("pools.chosen", { count: there.length })}</span>
            {pool.administers && (
              <Button variant="default" leftSection={<UserPlus size={16} />} onClick={() => setGiving(true)}>
                {t("pools.give")}
              </Button>
            )}
            <Button
              leftSection={<Hand size={16} />}
              loading={claim.isPending}
              onClick={() => claim.mutate(there)}
            >
              {t("pools.claim")}
            </Button>
          </>
        )}
      </div>
      {found.isError ? (
        <ErrorState error={found.error} onRetry={() => found.refetch()} />
      ) : found.isPending ? (
        <RowsSkeleton rows={8} height={44} />
      ) : rows.length === 0 ? (
        <EmptyState kind={search ? "search" : "empty"} title={t(search ? "pools.no_match" : "pools.empty")} />
      ) : phone ? (
        <ul className={classes.cards}>
          {rows.map((record) => (
            <li key={record.id} className={classes.card}>
              <div className={classes.cardHead}>
                {tick(record)}
                <RecordLink object={object.key} id={record.id} className={classes.name}>
                  {titleOf(object, record)}
                </RecordLink>
                {button(record)}
              </div>
              <dl className={classes.facts}>
                {columns.slice(0, 4).map((field) => (
                  <div key={field.key}>
                    <dt>{label(field.label)}</dt>
                    <dd>
                      <Cell field={field} record={record} />
                    </dd>
                  </div>
                ))}
              </dl>
              <span className={classes.since}>{t("pools.since", { time: since(record) })}</span>
            </li>
          ))}
        </ul>
      ) : (
        <div className={classes.frame}>
          <table className={classes.table}>
            <thead>
              <tr>
                <th className={classes.narrow}>
                  <Checkbox
                    size="xs"
                    checked={there.length === rows.length}
                    indeterminate={there.length > 0 && there.length < rows.length}
                    onChange={() =>
                      there.length === rows.length ? none() : setChosen(new Set(rows.map(({ id }) => id)))
                    }
                    aria-label={t("pools.choose_all")}
                  />
                </th>
                <th>{label(object.fields.find(({ key }) => key === object.title)?.label ?? object.label)}</th>
                {columns.map((field) => (
                  <th key={field.key}>{label(field.label)}</th>
                ))}
                <th>{t("pools.lies_since")}</th>
                <th className={classes.narrow}>
                  <span className={classes.hidden}>{t("pools.claim")}</span>
                </th>
              </tr>
            </thead>
            <tbody>
              {rows.map((record) => (
                <tr key={record.id} data-chosen={chosen.has(record.id) || undefined}>
                  <td>{tick(record)}</td>
                  <td>
                    <RecordLink object={object.key} id={record.id} className={classes.name}>
                      {titleOf(object, record)}
                    </RecordLink>
                  </td>
                  {columns.map((field) => (
                    <td key={field.key}>
                      <Cell field={field} record={record} />
                    </td>
                  ))}
                  <td className={classes.since}>{since(record)}</td>
                  <td>{button(record)}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
      {found.hasNextPage && (
        <div className={classes.more}>
          <Button variant="default" loading={found.isFetchingNextPage} onClick={() => found.fetchNextPage()}>
            {t("pools.more")}
          </Button>
        </div>
      )}
      {giving && (
        <GiveDialog
          object={object.key}
          records={there}
          onClose={() => setGiving(false)}
          onGiven={() => {
            setGiving(false);
            none();
          }}
        />
      )}
    </>
  );
}
