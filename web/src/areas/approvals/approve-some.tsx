/** Several chosen approvals, approved one after the other; each counts by itself. */
import { Button, Group, Modal } from "@mantine/core";
import { useQueryClient } from "@tanstack/react-query";
import { Check } from "lucide-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { ApprovalItem } from "@/api/types";
import { errorMessage } from "@/lib/error-message";
import { toastError, toastSuccess } from "@/ui/toast";
import classes from "./approvals.module.css";
import { OptionalComment } from "./optional-comment";
import { act, refreshApprovals } from "./requests";

export function ApproveSome({ approvals, onDone }: { approvals: ApprovalItem[]; onDone(): void }) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const [asking, setAsking] = useState(false);
  const [comment, setComment] = useState("");
  const [busy, setBusy] = useState(false);
  const approve = async () => {
    setBusy(true);
    const refused: unknown[] = [];
    for (const { task } of approvals) {
      await act("decide", { task, decision: "approve", comment: comment.trim() || null }).catch((error) =>
        refused.push(error),
      );
    }
    const done = approvals.length - refused.length;
    if (done > 0) toastSuccess(t("approvals.decided_some", { count: done }));
    if (refused.length > 0) {
      toastError(t("approvals.failed_some", { count: refused.length, why: errorMessage(refused[0]) }));
    }
    setBusy(false);
    setAsking(false);
    await refreshApprovals(client);
    onDone();
  };
  return (
    <>
      <Button size="xs" leftSection={<Check size={14} />} onClick={() => setAsking(true)}>
        {t("approvals.act_approve")}
      </Button>
      <Modal opened={asking} onClose={() => setAsking(false)} title={t("approvals.act_approve")} size={480}>
        <ul className={classes.names}>
          {approvals.map(({ id, task, title, step }) => (
            <li key={task ?? id}>{[title || "—", step].filter(Boolean).join(" · ")}</li>
          ))}
        </ul>
        <OptionalComment value={comment} onChange={setComment} />
        <Group justify="flex-end" gap="xs" mt="lg">
          <Button variant="default" onClick={() => setAsking(false)}>
            {t("approvals.give_up")}
          </Button>
          <Button loading={busy} onClick={approve}>
            {t("approvals.act_approve")}
          </Button>
        </Group>
      </Modal>
    </>
  );
}
