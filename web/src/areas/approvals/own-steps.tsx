/** Which of one's own steps is decided, where one is asked at several at once. */
import { SegmentedControl } from "@mantine/core";
import { getRouteApi } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import type { ApprovalDetails } from "@/api/types";
import classes from "./approvals.module.css";

const route = getRouteApi("/w/$ws/approvals/$id");

export function OwnSteps({ approval }: { approval: ApprovalDetails }) {
  const { t } = useTranslation();
  const navigate = route.useNavigate();
  const own = approval.tasks.filter(({ is_mine }) => is_mine);
  if (own.length < 2 || !approval.task) return null;
  return (
    <div className={classes.ownSteps}>
      <span>{t("approvals.several_steps", { number: own.length })}</span>
      <SegmentedControl
        aria-label={t("approvals.choose_step")}
        data={own.map(({ id, node_label }) => ({ value: id, label: node_label }))}
        value={approval.task}
        onChange={(task) => navigate({ search: { task }, replace: true })}
      />
    </div>
  );
}
