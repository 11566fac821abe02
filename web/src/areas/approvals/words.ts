/** What approvals, their steps and their histories are called, and the hues of their states. */
import type { TFunction } from "i18next";
import type {
  ApprovalDetails,
  ApprovalItem,
  ApprovalNote,
  ApprovalTask,
  AskedPerson,
  Catalog,
  Hue,
} from "@/api/types";
import { findObject } from "@/lib/catalog";
import { label } from "@/lib/label";

export const STATE_HUES: Record<ApprovalItem["state"], Hue> = {
  pending: "blue",
  returned: "amber",
  approved: "green",
  rejected: "red",
  withdrawn: "slate",
  failed: "red",
};

export const TASK_HUES: Record<ApprovalTask["state"], Hue> = {
  open: "blue",
  queued: "slate",
  approved: "green",
  rejected: "red",
  returned: "amber",
  transferred: "violet",
  cancelled: "slate",
  read: "slate",
};

/** "修改客户", "新建商机"; where nothing is held, what the record is. */
export function whatItIs(t: TFunction, catalog: Catalog, { op, object }: ApprovalItem): string {
  const name = label(findObject(catalog, object ?? "")?.label) || (object ?? "");
  return t(`approvals.op_${op}`, { object: name, defaultValue: name });
}

export interface Visit {
  node: string;
  label: string;
  round: number;
  kind: ApprovalTask["kind"];
  tasks: ApprovalTask[];
  /** The nodes at which people decide at the same time. */
  beside: string[];
}

/** The tasks by node and round, in the order in which the nodes were come to. */
export function visits(tasks: readonly ApprovalTask[]): Visit[] {
  const found = new Map<string, Visit>();
  for (const task of tasks) {
    const key = `${task.node}/${task.round}`;
    const visit = found.get(key) ?? {
      node: task.node,
      label: task.node_label,
      round: task.round,
      kind: task.kind,
      tasks: [],
      beside: task.beside,
    };
    visit.tasks.push(task);
    found.set(key, visit);
  }
  const begun = ({ tasks: own }: Visit) => own.map(({ created_at }) => created_at).sort()[0] ?? "";
  return [...found.values()].sort((one, other) => begun(one).localeCompare(begun(other)));
}

/** "（由陈志远代为审批）" */
export const standsIn = (t: TFunction, { stands_in }: AskedPerson): string =>
  t("approvals.stood_in_for", {
    people: stands_in.map(({ title }) => title ?? "—").join(t("approvals.between")),
  });

/** What is pending, for the page of the record: "阶段：谈判 → 赢单". */
export function pendingSentence(t: TFunction, { op, held }: ApprovalDetails): string {
  if (op === "delete") return t("approvals.delete_held");
  return held
    .map(({ label: name, before, after }) =>
      t("approvals.pending_change", { name, before: before || "—", after: after || "—" }),
    )
    .join(t("approvals.between_changes"));
}

/** A line of the history in words. */
export function noteSentence(t: TFunction, note: ApprovalNote): string {
  const { more } = note;
  const names = {
    who: note.member?.title ?? t("approvals.automatic"),
    node: note.node_label ?? "",
    to: more.to?.id === "start" ? t("approvals.to_submitter") : (more.to?.title ?? "—"),
    people: more.people.map(({ title }) => title ?? "—").join(t("approvals.between")),
    why: more.why ? t(`approvals.why_${more.why}`) : "",
  };
  // Of a step that went by itself, or of one of those who were asked there.
  const one = note.kind === "auto_approve" && note.member ? "_one" : "";
  const sentence = t(`approvals.note_${note.kind}${one}`, names);
  return more.instead_of
    ? `${sentence}${t("approvals.instead_of", { name: more.instead_of.title })}`
    : sentence;
}

/** The reader's own task, where it is for somebody else that they decide. */
export function ownTask({ task, tasks }: ApprovalDetails): ApprovalTask | undefined {
  return tasks.find(({ id }) => id === task);
}
