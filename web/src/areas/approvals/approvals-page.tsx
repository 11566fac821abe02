/** "My approvals": what waits for the member, what they have decided, submitted, or were told of. */
import { Button, Checkbox } from "@mantine/core";
import { useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { getRouteApi, Link } from "@tanstack/react-router";
import { UserRoundCheck } from "lucide-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useOnlyLooks } from "@/lib/rights";
import { usePageTitle } from "@/lib/use-page-title";
import { currentWorkspace } from "@/lib/workspace";
import { BoxTabs } from "@/ui/box-tabs";
import { Page, PageHeader } from "@/ui/page";
import { EmptyState, ErrorState, RowsSkeleton } from "@/ui/states";
import { ApprovalLine } from "./approval-line";
import classes from "./approvals.module.css";
import { ApproveSome } from "./approve-some";
import { type Box, boxQuery, countsQuery } from "./requests";

const BOXES: Box[] = ["to_do", "done", "submitted", "copied"];

const route = getRouteApi("/w/$ws/approvals");

export function ApprovalsPage() {
  const { t } = useTranslation();
  const asked = route.useSearch().box;
  const box = BOXES.find((one) => one === asked) ?? "to_do";
  const navigate = route.useNavigate();
  const counts = useQuery(countsQuery()).data;
  usePageTitle(t("approvals.mine"));
  return (
    <Page
      width={960}
      header={
        <PageHeader
          title={t("approvals.mine")}
          actions={
            <Link
              className={classes.away}
              to="/w/$ws/settings/profile"
              params={{ ws: currentWorkspace() }}
              search={{ delegate: true }}
            >
              <UserRoundCheck size={15} aria-hidden />
              {t("approvals.set_delegation")}
            </Link>
          }
        >
          <BoxTabs
            name={t("approvals.boxes")}
            boxes={BOXES.map((one) => ({ box: one, label: t(`approvals.box_${one}`), count: counts?.[one] }))}
            value={box}
            onChange={(next) => navigate({ search: { box: next }, replace: true })}
          />
        </PageHeader>
      }
    >
      <OneBox key={box} box={box} />
    </Page>
  );
}

function OneBox({ box }: { box: Box }) {
  const { t } = useTranslation();
  const looks = useOnlyLooks();
  const list = useInfiniteQuery(boxQuery(box));
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  const all = list.data?.pages.flatMap(({ approvals }) => approvals) ?? [];
  const choosable =
    box === "to_do" && !looks ? all.flatMap((one) => (one.task ? [{ ...one, task: one.task }] : [])) : [];
  const picked = choosable.filter(({ task }) => chosen.has(task));
  if (list.isError) return <ErrorState error={list.error} onRetry={() => list.refetch()} />;
  if (list.isPending) return <RowsSkeleton rows={6} height={64} />;
  if (all.length === 0)
    return <EmptyState title={t(`approvals.none_${box}`)}>{t(`approvals.none_${box}_text`)}</EmptyState>;
  const choose = (task: string, on: boolean) => {
    const next = new Set(chosen);
    if (on) next.add(task);
    else next.delete(task);
    setChosen(next);
  };
  return (
    <>
      {choosable.length > 1 && (
        <div className={classes.tools}>
          <Checkbox
            label={
              picked.length > 0 ? t("approvals.chosen", { count: picked.length }) : t("approvals.choose_all")
            }
            checked={picked.length === choosable.length}
            indeterminate={picked.length > 0 && picked.length < choosable.length}
            onChange={(event) =>
              setChosen(new Set(event.currentTarget.checked ? choosable.map(({ task }) => task) : []))
            }
          />
          {picked.length > 0 && <ApproveSome approvals={picked} onDone={() => setChosen(new Set())} />}
        </div>
      )}
      <ul className={classes.list}>
        {all.map((approval) => (
          <li key={approval.task ?? approval.id} className={classes.choosable}>
            {choosable.length > 1 && (
              <Checkbox
                className={classes.tick}
                size="md"
                aria-label={[t("approvals.choose", { title: approval.title || "—" }), approval.step]
                  .filter(Boolean)
                  .join(" ")}
                checked={chosen.has(approval.task ?? "")}
                disabled={!approval.task}
                onChange={(event) => approval.task && choose(approval.task, event.currentTarget.checked)}
              />
            )}
            <ApprovalLine approval={approval} />
          </li>
        ))}
      </ul>
      {list.hasNextPage && (
        <Button
          variant="subtle"
          mt="sm"
          loading={list.isFetchingNextPage}
          onClick={() => list.fetchNextPage()}
        >
          {t("approvals.load_more")}
        </Button>
      )}
    </>
  );
}
