/** Over a record while a change of it is being decided about: who is waited for, and the way to the approval. */
import { Alert } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { Stamp } from "lucide-react";
import { useTranslation } from "react-i18next";
import { useBeingDecided } from "@/lib/approvals";
import { currentWorkspace } from "@/lib/workspace";
import type { RecordPartProps } from "@/records/page/extensions";
import classes from "./approvals.module.css";
import { approvalQuery } from "./requests";
import { pendingSentence } from "./words";

export function RecordBanner({ object, record }: RecordPartProps) {
  const { t } = useTranslation();
  const approval = useBeingDecided(object.key, record.id);
  const details = useQuery({ ...approvalQuery(approval?.id ?? ""), enabled: approval !== undefined }).data;
  if (!approval) return null;
  const people = approval.waits_for.map(({ title }) => title ?? "—").join(t("approvals.between"));
  const names = { flow: approval.flow.title, people, submitter: approval.submitter?.title ?? "—" };
  const key = approval.state === "returned" ? "returned" : people ? "pending" : "starting";
  return (
    <Alert color="blue" variant="light" p="sm" icon={<Stamp size={16} />} role="status">
      <span className={classes.banner}>
        <span>{t(`approvals.banner_${key}`, names)}</span>
        {details && <span>{pendingSentence(t, details)}</span>}
        <Link to="/w/$ws/approvals/$id" params={{ ws: currentWorkspace(), id: approval.id }}>
          {t("approvals.open_approval")}
        </Link>
      </span>
    </Alert>
  );
}
