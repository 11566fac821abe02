/** One approval in a list: what it is about, whose it is, how it stands. */
import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import type { ApprovalItem } from "@/api/types";
import { useCatalog } from "@/lib/catalog";
import { formatDateTime, formatRelative } from "@/lib/format";
import { currentWorkspace } from "@/lib/workspace";
import { Avatar } from "@/ui/avatar";
import { Chip } from "@/ui/chip";
import classes from "./approvals.module.css";
import { STATE_HUES, whatItIs } from "./words";

export function ApprovalLine({ approval }: { approval: ApprovalItem }) {
  const { t } = useTranslation();
  const catalog = useCatalog();
  const people = approval.waits_for.map(({ title }) => title ?? "—").join(t("approvals.between"));
  return (
    <Link
      className={classes.line}
      to="/w/$ws/approvals/$id"
      params={{ ws: currentWorkspace(), id: approval.id }}
      search={{ task: approval.task ?? undefined }}
    >
      <Avatar name={approval.submitter?.title ?? "?"} size={32} />
      <span className={classes.lineBody}>
        <span className={classes.lineTitle}>
          <span className={classes.title}>{approval.title || "—"}</span>
          <span className={classes.quiet}>{whatItIs(t, catalog, approval)}</span>
          {approval.step && <Chip>{approval.step}</Chip>}
        </span>
        <span className={classes.lineMeta}>
          <span>{approval.flow.title}</span>
          <span>{approval.submitter?.title ?? t("approvals.automatic")}</span>
          <time dateTime={approval.submitted_at} title={formatDateTime(approval.submitted_at)}>
            {formatRelative(approval.submitted_at)}
          </time>
          {people && approval.state === "pending" && <span>{t("approvals.waits_for", { people })}</span>}
        </span>
      </span>
      <Chip hue={STATE_HUES[approval.state]} dot>
        {t(`approvals.state_${approval.state}`)}
      </Chip>
    </Link>
  );
}
