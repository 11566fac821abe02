/** Approvals that wait for one's own decision, those that came first at the top. */
import { queryOptions, useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import type { ApprovalItem, Approvals } from "@/api/types";
import { approvalKey } from "@/lib/approvals";
import { formatDateTime, formatRelative } from "@/lib/format";
import { currentWorkspace, workspaceRequest } from "@/lib/workspace";
import { Chip } from "@/ui/chip";
import { EmptyState } from "@/ui/states";
import { Card } from "./card";
import classes from "./home-page.module.css";

const MOST = 5;

const waitingQuery = () =>
  queryOptions({
    queryKey: [...approvalKey(), "home"],
    queryFn: ({ signal }) =>
      workspaceRequest<Approvals>("/approvals", { query: { box: "to_do", limit: MOST }, signal }),
    staleTime: 0,
  });

export function MyApprovals() {
  const { t } = useTranslation();
  const query = useQuery(waitingQuery());
  const count = query.data?.counts.to_do ?? 0;
  return (
    <Card
      title={count > 0 ? t("home.approvals_count", { count }) : t("home.approvals")}
      query={query}
      more={
        <Link className={classes.more} to="/w/$ws/approvals" params={{ ws: currentWorkspace() }}>
          {t("home.all")}
        </Link>
      }
    >
      {({ approvals }) =>
        approvals.length === 0 ? (
          <EmptyState compact title={t("home.no_approvals")}>
            {t("home.no_approvals_text")}
          </EmptyState>
        ) : (
          approvals.map((one) => <Waiting key={one.task ?? one.id} approval={one} />)
        )
      }
    </Card>
  );
}

function Waiting({ approval }: { approval: ApprovalItem }) {
  return (
    <div className={classes.row}>
      <span className={classes.grow}>
        <Link
          className={classes.link}
          to="/w/$ws/approvals/$id"
          params={{ ws: currentWorkspace(), id: approval.id }}
          search={{ task: approval.task ?? undefined }}
        >
          {approval.title || approval.flow.title || "—"}
        </Link>
        {approval.submitter?.title && <span className={classes.quiet}> · {approval.submitter.title}</span>}
      </span>
      {approval.flow.title && <Chip>{approval.flow.title}</Chip>}
      <time
        className={classes.due}
        dateTime={approval.submitted_at}
        title={formatDateTime(approval.submitted_at)}
      >
        {formatRelative(approval.submitted_at)}
      </time>
    </div>
  );
}
