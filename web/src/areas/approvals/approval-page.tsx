/** One approval: what is to be decided, who is asked and how far it is, what happened, and what the reader can do. */
import { Alert, Button } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { getRouteApi, Link } from "@tanstack/react-router";
import { ChevronRight, Download, Printer, TriangleAlert } from "lucide-react";
import { type ReactNode, useState } from "react";
import { useTranslation } from "react-i18next";
import type { ApprovalDetails, ApprovalTask } from "@/api/types";
import { useCatalog } from "@/lib/catalog";
import { formatDateTime } from "@/lib/format";
import { useOnlyLooks } from "@/lib/rights";
import { usePageTitle } from "@/lib/use-page-title";
import { currentWorkspace, workspaceUrl } from "@/lib/workspace";
import { RecordLink } from "@/records/lookup/record-link";
import { Chip } from "@/ui/chip";
import { Page, PageHeader } from "@/ui/page";
import { ErrorState, PageSkeleton } from "@/ui/states";
import { AboutRecord } from "./about-record";
import { ActBar } from "./act-bar";
import { ActDialog } from "./act-dialog";
import classes from "./approvals.module.css";
import { Facts } from "./facts";
import { HeldExport } from "./held-export";
import { HeldValues } from "./held-values";
import { History } from "./history";
import { OwnSteps } from "./own-steps";
import { Progress } from "./progress";
import { approvalQuery } from "./requests";
import { STATE_HUES, whatItIs } from "./words";

const route = getRouteApi("/w/$ws/approvals/$id");

export function ApprovalPage() {
  const { id } = route.useParams();
  const { task } = route.useSearch();
  const found = useQuery({
    ...approvalQuery(id, task),
    placeholderData: (before) => (before?.id === id ? before : undefined),
  });
  usePageTitle(found.data?.title ?? "");
  if (!found.data && found.isError) return <ErrorState error={found.error} onRetry={() => found.refetch()} />;
  if (!found.data) return <PageSkeleton />;
  // Another decision starts afresh: nothing typed for the last one is carried over.
  return <Told key={`${id}/${found.data.state}/${found.data.task}`} approval={found.data} />;
}

function Told({ approval }: { approval: ApprovalDetails }) {
  const { t } = useTranslation();
  const catalog = useCatalog();
  const looks = useOnlyLooks();
  const [edited, setEdited] = useState<Record<string, unknown>>({});
  const [problems, setProblems] = useState<Record<string, string>>({});
  const [reassigned, setReassigned] = useState<ApprovalTask | null>(null);
  const what = whatItIs(t, catalog, approval);
  const facts: [string, ReactNode][] = [
    [t("approvals.what"), what],
    [t("approvals.flow"), approval.flow.title],
    [
      t("approvals.record"),
      approval.record && approval.object ? (
        <RecordLink key={approval.record.id} object={approval.object} id={approval.record.id}>
          {approval.record.title ?? approval.title}
        </RecordLink>
      ) : null,
    ],
    [t("approvals.submitter"), approval.submitter?.title ?? t("approvals.automatic")],
    [t("approvals.submitted_at"), formatDateTime(approval.submitted_at)],
    [t("approvals.ended"), approval.ended_at && formatDateTime(approval.ended_at)],
  ];
  return (
    <div className={classes.approval}>
      <Page
        width={860}
        header={
          <PageHeader
            trail={
              <>
                <Link to="/w/$ws/approvals" params={{ ws: currentWorkspace() }} className={classes.trail}>
                  {t("approvals.back")}
                </Link>
                <ChevronRight size={14} aria-hidden />
              </>
            }
            title={approval.title || what}
            meta={
              <Chip hue={STATE_HUES[approval.state]} dot>
                {t(`approvals.state_${approval.state}`)}
              </Chip>
            }
            actions={
              <>
                {approval.may.includes("download") && (
                  <Button
                    component="a"
                    href={workspaceUrl(`/approvals/${approval.id}/export`)}
                    download
                    leftSection={<Download size={15} />}
                  >
                    {t("approvals.download")}
                  </Button>
                )}
                <Button
                  className={classes.unprinted}
                  variant="default"
                  leftSection={<Printer size={15} />}
                  onClick={() => window.print()}
                >
                  {t("approvals.print")}
                </Button>
              </>
            }
          />
        }
      >
        {approval.error && (
          <Alert color="red" variant="light" mb="md" icon={<TriangleAlert size={16} />}>
            {approval.error}
          </Alert>
        )}
        <Facts className={classes.facts} facts={facts} />
        <OwnSteps approval={approval} />
        <AboutRecord approval={approval} />
        {approval.op === "delete" && <p className={classes.lead}>{t("approvals.delete_held")}</p>}
        {approval.export && <HeldExport object={approval.object} held={approval.export} />}
        {approval.held.length > 0 && (
          <HeldValues
            approval={approval}
            edited={edited}
            problems={problems}
            onEdit={looks ? undefined : (key, value) => setEdited((before) => ({ ...before, [key]: value }))}
          />
        )}
        <Progress
          tasks={approval.tasks}
          waiting={approval.state === "pending"}
          onReassign={approval.may.includes("reassign") && !looks ? setReassigned : undefined}
        />
        <History notes={approval.notes} />
      </Page>
      {reassigned && (
        <ActDialog
          deed="reassign"
          name={t("approvals.act_reassign")}
          approval={approval}
          task={reassigned}
          edited={{}}
          onProblems={setProblems}
          onClose={() => setReassigned(null)}
        />
      )}
      {!looks && <ActBar approval={approval} edited={edited} onProblems={setProblems} />}
    </div>
  );
}
