/** The approvals of a record, the last one first. */
import { useQuery } from "@tanstack/react-query";
import { recordApprovalsQuery } from "@/lib/approvals";
import type { RecordPartProps } from "@/records/page/extensions";
import { ErrorState, RowsSkeleton } from "@/ui/states";
import { ApprovalLine } from "./approval-line";
import classes from "./approvals.module.css";

export function RecordApprovals({ object, record }: RecordPartProps) {
  const found = useQuery(recordApprovalsQuery(object.key, record.id));
  if (found.isError) return <ErrorState compact error={found.error} onRetry={() => found.refetch()} />;
  if (!found.data) return <RowsSkeleton rows={3} height={56} />;
  return (
    <ul className={classes.list}>
      {found.data.map((approval) => (
        <li key={approval.id}>
          <ApprovalLine approval={approval} />
        </li>
      ))}
    </ul>
  );
}
