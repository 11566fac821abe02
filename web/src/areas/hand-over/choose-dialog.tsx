/** Records picked by hand: ticked in a list, given to somebody, until all is said. */
import { Button, Checkbox, Group, Modal, TextInput } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import { keepPreviousData, useInfiniteQuery } from "@tanstack/react-query";
import { Search } from "lucide-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { CatalogObject, Filter, HeldPart, RecordRow, Reference } from "@/api/types";
import { formatNumber } from "@/lib/format";
import { queryRecords, recordKeys } from "@/lib/records";
import { titleOf } from "@/records/lookup/use-record-options";
import { Chip } from "@/ui/chip";
import { EmptyState, ErrorState, RowsSkeleton } from "@/ui/states";
import classes from "./choose-dialog.module.css";
import { PersonInput } from "./people-input";

const PAGE = 50;
const TYPING_MS = 250;

export function ChooseDialog({
  object,
  part,
  giver,
  chosen,
  onKeep,
  onClose,
}: {
  object: CatalogObject;
  part: HeldPart;
  giver: string;
  chosen: Record<string, Reference>;
  onKeep(chosen: Record<string, Reference>): void;
  onClose(): void;
}) {
  const { t } = useTranslation();
  const [given, setGiven] = useState(chosen);
  const [ticked, setTicked] = useState<ReadonlySet<string>>(new Set());
  const [typed, setTyped] = useState("");
  const [search] = useDebouncedValue(typed.trim(), TYPING_MS);
  const records = useHeld(object, part, search);
  const rows = records.data?.pages.flatMap((page) => page.rows) ?? [];

  const tick = (ids: string[], on: boolean) => {
    const next = new Set(ticked);
    for (const id of ids) {
      if (on) next.add(id);
      else next.delete(id);
    }
    setTicked(next);
  };
  const give = (to: Reference | null) => {
    const next = { ...given };
    for (const id of ticked) {
      if (to) next[id] = to;
      else delete next[id];
    }
    setGiven(next);
    setTicked(new Set());
  };
  const every = rows.map(({ id }) => id);
  const all = every.length > 0 && every.every((id) => ticked.has(id));
  return (
    <Modal opened onClose={onClose} title={t("hand-over.choose_title")} size={720}>
      <div className={classes.tools}>
        <TextInput
          type="search"
          flex={1}
          leftSection={<Search size={16} />}
          placeholder={t("hand-over.search")}
          aria-label={t("hand-over.search")}
          value={typed}
          onChange={(event) => setTyped(event.currentTarget.value)}
        />
      </div>
      {records.isError ? (
        <ErrorState compact error={records.error} onRetry={() => records.refetch()} />
      ) : records.isPending ? (
        <RowsSkeleton rows={6} />
      ) : rows.length === 0 ? (
        <EmptyState compact kind="search" title={t("hand-over.no_match")} />
      ) : (
        <div className={classes.list}>
          <Checkbox
            className={classes.head}
            checked={all}
            indeterminate={!all && every.some((id) => ticked.has(id))}
            label={t("hand-over.tick_all", { count: every.length, shown: formatNumber(every.length) })}
            onChange={(event) => tick(every, event.currentTarget.checked)}
          />
          {rows.map((row) => (
            <Row
              key={row.id}
              object={object}
              row={row}
              to={given[row.id]}
              ticked={ticked.has(row.id)}
              onTick={(on) => tick([row.id], on)}
            />
          ))}
          {records.hasNextPage && (
            <Button
              variant="subtle"
              size="compact-sm"
              loading={records.isFetchingNextPage}
              onClick={() => records.fetchNextPage()}
            >
              {t("hand-over.more")}
            </Button>
          )}
        </div>
      )}
      <div className={classes.give} data-idle={ticked.size === 0 || undefined}>
        <span>{t("hand-over.ticked", { count: ticked.size })}</span>
        {ticked.size > 0 && (
          <>
            <div className={classes.grow}>
              <PersonInput
                giver={giver}
                value={null}
                label={t("hand-over.give_to")}
                placeholder={t("hand-over.give_to")}
                onPick={give}
              />
            </div>
            {[...ticked].some((id) => given[id]) && (
              <Button variant="default" onClick={() => give(null)}>
                {t("hand-over.give_nobody")}
              </Button>
            )}
          </>
        )}
      </div>
      <Group justify="flex-end" gap="xs" mt="md">
        <Button variant="default" onClick={onClose}>
          {t("ui.cancel")}
        </Button>
        <Button onClick={() => onKeep(given)}>{t("hand-over.keep_choice")}</Button>
      </Group>
    </Modal>
  );
}

function Row({
  object,
  row,
  to,
  ticked,
  onTick,
}: {
  object: CatalogObject;
  row: RecordRow;
  to: Reference | undefined;
  ticked: boolean;
  onTick(on: boolean): void;
}) {
  return (
    <div className={classes.row}>
      <Checkbox
        checked={ticked}
        label={titleOf(object, row) || "—"}
        onChange={(event) => onTick(event.currentTarget.checked)}
      />
      {to && <Chip hue="blue">{to.title}</Chip>}
    </div>
  );
}

/** What the person holds of a part, page by page. */
function useHeld(object: CatalogObject, part: HeldPart, search: string) {
  const query = {
    select: [object.title],
    where: part.where as Filter,
    search: search || undefined,
    limit: PAGE,
  };
  return useInfiniteQuery({
    queryKey: [...recordKeys.of(object.key), "held", part.part, query],
    queryFn: ({ pageParam, signal }) => queryRecords(object.key, { ...query, cursor: pageParam }, signal),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next_cursor,
    placeholderData: keepPreviousData,
  });
}
