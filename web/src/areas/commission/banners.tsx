/** What may be done with a plan, a run or a statement in its state. */
import { Button } from "@mantine/core";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { type ReactNode, useState } from "react";
import { useTranslation } from "react-i18next";
import type { Reference } from "@/api/types";
import { useObject } from "@/lib/catalog";
import { meQuery } from "@/lib/me";
import { can } from "@/lib/rights";
import type { RecordPartProps } from "@/records/page/extensions";
import { AskDialog, type Question } from "@/ui/ask-dialog";
import classes from "./commission.module.css";
import {
  activatePlan,
  answerDispute,
  calculateRun,
  commissionChanged,
  disputeStatement,
  endPlan,
  moveRun,
  newVersion,
} from "./requests";

interface Offered {
  key: string;
  question: Question;
  first?: boolean;
}

function Banner({ told, offered }: { told: ReactNode; offered: Offered[] }) {
  const client = useQueryClient();
  const [question, setQuestion] = useState<Question | null>(null);
  return (
    <div className={classes.banner}>
      <span className={classes.quiet}>{told}</span>
      <span className={classes.space} />
      {offered.map(({ key, question: one, first }) => (
        <Button
          key={key}
          size="compact-sm"
          variant={first ? "filled" : "default"}
          onClick={() => setQuestion(one)}
        >
          {one.button}
        </Button>
      ))}
      {question && (
        <AskDialog
          question={question}
          onDone={() => commissionChanged(client)}
          onClose={() => setQuestion(null)}
        />
      )}
    </div>
  );
}

function useAsk() {
  const { t } = useTranslation();
  return (verb: string, run: Question["run"], fields: Question["fields"] = [], danger = false): Question => ({
    title: t(`commission.${verb}`),
    text: t(`commission.${verb}_text`),
    button: t(`commission.${verb}`),
    done: t(`commission.${verb}_done`),
    fields,
    danger,
    run,
  });
}

export function PlanBanner({ record }: RecordPartProps) {
  const { t } = useTranslation();
  const ask = useAsk();
  const offered: Offered[] = [];
  const edits = record._rights?.edit !== false;
  if (edits && record.status === "draft")
    offered.push({ key: "activate", question: ask("activate", () => activatePlan(record.id)), first: true });
  if (edits && record.status !== "draft")
    offered.push({ key: "version", question: ask("new_version", () => newVersion(record.id)) });
  if (edits && record.status === "active") {
    const day = [{ key: "day", label: t("commission.last_day"), kind: "date" as const }];
    offered.push({
      key: "end",
      question: ask("end", ({ day: last = "" }) => endPlan(record.id, last), day, true),
    });
  }
  return <Banner told={t(`commission.plan_is_${record.status}`)} offered={offered} />;
}

export function RunBanner({ record }: RecordPartProps) {
  const { t } = useTranslation();
  const ask = useAsk();
  const { id, status } = record;
  const move = (verb: "approve" | "reopen" | "lock" | "discard", first = false): Offered => ({
    key: verb,
    first,
    question: ask(verb, () => moveRun(`${verb}-run`, id), [], verb === "lock" || verb === "discard"),
  });
  const again: Offered = {
    key: "again",
    question: ask("calculate", () => calculateRun(String(record.period), String(record.starts_on))),
  };
  const edits = record._rights?.edit !== false;
  const offered = !edits
    ? []
    : status === "draft"
      ? [move("approve", true), again, move("discard")]
      : status === "failed"
        ? [again, move("discard")]
        : status === "approved"
          ? [move("lock", true), move("reopen")]
          : [];
  return <Banner told={t(`commission.run_is_${status}`)} offered={offered} />;
}

export function StatementBanner({ record }: RecordPartProps) {
  const { t } = useTranslation();
  const ask = useAsk();
  const me = useQuery(meQuery()).data?.member.id;
  const statements = useObject("commission_statement");
  const mine = (record.member as Reference | null)?.id === me;
  const open = record.dispute === "open";
  const offered: Offered[] = [];
  if (mine && !open && record.status !== "draft")
    offered.push({
      key: "dispute",
      question: ask("dispute", ({ reason = "" }) => disputeStatement(record.id, reason), [
        { key: "reason", label: t("commission.reason") },
      ]),
    });
  if (open && can(statements, "edit"))
    offered.push({
      key: "answer",
      first: true,
      question: ask("answer", ({ answer = "" }) => answerDispute(record.id, answer), [
        { key: "answer", label: t("commission.answer_words") },
      ]),
    });
  const told = open
    ? t("commission.disputed", { reason: record.dispute_reason })
    : record.dispute === "answered"
      ? t("commission.answered", { reason: record.dispute_reason, answer: record.answer })
      : t(`commission.statement_is_${record.status}`);
  return <Banner told={told} offered={offered} />;
}
