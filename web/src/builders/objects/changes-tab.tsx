/** What was changed on an object, by whom, and a way back. */
import { Button } from "@mantine/core";
import { useInfiniteQuery } from "@tanstack/react-query";
import { Undo2 } from "lucide-react";
import { useTranslation } from "react-i18next";
import type { ConfigurationChange, Reference } from "@/api/types";
import { formatDateTime } from "@/lib/format";
import { label } from "@/lib/label";
import { Avatar } from "@/ui/avatar";
import { Chip } from "@/ui/chip";
import { EmptyState, ErrorState, RowsSkeleton } from "@/ui/states";
import { toastError, toastSuccess } from "@/ui/toast";
import type { DesignedWhole } from "./model";
import type { ObjectTabProps } from "./object-tabs";
import classes from "./objects.module.css";
import { takesBack, useReach } from "./reach";
import { CHANGES_AT_ONCE, changesKey, changesOf } from "./requests";
import { useReview } from "./review";

export function ChangesTab({ object }: ObjectTabProps) {
  const { t } = useTranslation();
  const { change, question } = useReview();
  const answer = useInfiniteQuery({
    queryKey: changesKey(object.id),
    queryFn: ({ pageParam, signal }) => changesOf(object.id, pageParam, signal),
    initialPageParam: null as string | null,
    getNextPageParam: ({ changes }) =>
      changes.length === CHANGES_AT_ONCE ? (changes.at(-1)?.id ?? null) : null,
  });
  const reach = useReach(object);
  const changes = answer.data?.pages.flatMap((page) => page.changes) ?? [];
  const rollBack = async (one: ConfigurationChange) => {
    try {
      const done = await change({
        verb: "roll-back",
        params: { change: one.id },
        title: t("objects.roll_back_title"),
        confirmLabel: t("objects.roll_back"),
        always: true,
        danger: true,
      });
      if (typeof done === "object") toastSuccess(t("objects.taken_back"));
    } catch (error) {
      toastError(error);
    }
  };
  if (answer.isError) return <ErrorState error={answer.error} onRetry={() => answer.refetch()} />;
  if (answer.isPending) return <RowsSkeleton rows={6} height={52} />;
  if (changes.length === 0) return <EmptyState title={t("objects.no_changes")} />;
  return (
    <>
      <div className={classes.frame}>
        <ol className={classes.changes}>
          {changes.map((one) => (
            <li key={one.id} className={classes.change}>
              <Avatar name={(one.actor as Reference | null)?.title ?? "?"} size={28} />
              <div className={classes.changeText}>
                {one.changes.map((each, at) => (
                  // biome-ignore lint/suspicious/noArrayIndexKey: parts of a change have no identity but their place
                  <div key={at}>
                    <Sentence change={each} object={object} />
                  </div>
                ))}
                <span className={classes.quiet}>
                  {(one.actor as Reference | null)?.title ?? t("objects.by_system")} ·{" "}
                  {formatDateTime(one.at)}
                </span>
              </div>
              {one.undone_by && <Chip>{t("objects.rolled_back")}</Chip>}
              {one.undoes && <Chip hue="violet">{t("objects.is_roll_back")}</Chip>}
              {one.can_roll_back && takesBack(one.changes, object, reach) && (
                <Button
                  size="compact-sm"
                  variant="subtle"
                  leftSection={<Undo2 size={14} />}
                  onClick={() => rollBack(one)}
                >
                  {t("objects.roll_back")}
                </Button>
              )}
            </li>
          ))}
        </ol>
      </div>
      {answer.hasNextPage && (
        <Button
          mt="sm"
          variant="default"
          loading={answer.isFetchingNextPage}
          onClick={() => answer.fetchNextPage()}
        >
          {t("objects.more")}
        </Button>
      )}
      {question}
    </>
  );
}

/** One operation in words: what was done with what, and which attributes of it. */
function Sentence({ change, object }: { change: Record<string, unknown>; object: DesignedWhole }) {
  const { t, i18n } = useTranslation();
  const [sort = "", verb = ""] = String(change.op).split(".");
  const values = (change.values ?? {}) as Record<string, unknown>;
  const part = object.parts.find(({ id }) => id === change.id);
  const words = (values.label ?? part?.values.label) as Parameters<typeof label>[0];
  const name = sort === "object" ? label(object.values.label) : label(words) || String(change.key ?? "");
  const attributes =
    verb === "update"
      ? Object.keys(values).map((key) =>
          i18n.exists(`objects.attribute_${key}`) ? t(`objects.attribute_${key}`) : key,
        )
      : [];
  return (
    <>
      {t(`objects.did_${verb}`, { name: `${t(`objects.sort_${sort}`)} ${name}` })}
      {attributes.length > 0 && <span className={classes.other}>{attributes.join(t("objects.comma"))}</span>}
    </>
  );
}
