/** What is done with a contract next: submit it, sign it, renew it, give it up. */
import { Button } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useRouter } from "@tanstack/react-router";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useObject } from "@/lib/catalog";
import { formatDate } from "@/lib/format";
import { can } from "@/lib/rights";
import { recordHref } from "@/records/lookup/record-link";
import type { RecordPartProps } from "@/records/page/extensions";
import { AskDialog, type Question } from "@/ui/ask-dialog";
import { toastError, toastSuccess } from "@/ui/toast";
import classes from "./contracts.module.css";
import { contractsChanged, moveContract, renewContract, terminateContract } from "./requests";
import { SignDialog } from "./sign-dialog";

const RENEWABLE = new Set(["signed", "in_force", "expired"]);
const TERMINABLE = new Set(["approved", "signed", "in_force", "expired"]);

export function ContractBanner({ record }: RecordPartProps) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const router = useRouter();
  const contracts = useObject("contract");
  const [signing, setSigning] = useState(false);
  const [question, setQuestion] = useState<Question | null>(null);
  const moving = useMutation({
    mutationFn: (verb: "submit" | "withdraw") => moveContract(verb, record.id),
    onSuccess: async ({ result }) => {
      toastSuccess(t(`contracts.now_${result.status}`));
      await contractsChanged(client);
    },
    onError: toastError,
  });
  const status = String(record.status);
  const ends = record.ends_on as string | null;
  const mayEdit = record._rights?.edit !== false;
  const terminate: Question = {
    title: t("contracts.terminate"),
    text: t("contracts.terminate_text"),
    button: t("contracts.terminate"),
    done: t("contracts.now_terminated"),
    danger: true,
    fields: [
      { key: "reason", label: t("contracts.reason") },
      { key: "day", label: t("contracts.terminated_on"), kind: "date" },
    ],
    run: ({ reason = "", day = "" }) => terminateContract(record.id, reason.trim(), day),
  };
  const renew: Question = {
    title: t("contracts.renew"),
    text: t("contracts.renew_text"),
    button: t("contracts.renew_do"),
    done: t("contracts.renewed"),
    fields: [
      { key: "starts", label: t("contracts.starts_on"), kind: "date" },
      { key: "ends", label: t("contracts.ends_on"), kind: "date" },
    ],
    run: async ({ starts = "", ends: until = "" }) => {
      const { result } = await renewContract(record.id, starts, until);
      router.history.push(recordHref("contract", result.contract));
    },
  };
  const plain = (key: string, onClick: () => void) => (
    <Button key={key} size="compact-sm" variant="default" onClick={onClick}>
      {t(`contracts.${key}`)}
    </Button>
  );
  const move = (verb: "submit" | "withdraw") => (
    <Button
      key={verb}
      size="compact-sm"
      variant={verb === "submit" ? "filled" : "default"}
      loading={moving.isPending && moving.variables === verb}
      onClick={() => moving.mutate(verb)}
    >
      {t(`contracts.${verb}`)}
    </Button>
  );
  const buttons = mayEdit
    ? [
        status === "draft" && move("submit"),
        status === "approved" && (
          <Button key="sign" size="compact-sm" onClick={() => setSigning(true)}>
            {t("contracts.sign")}
          </Button>
        ),
        (status === "in_approval" || status === "approved") && move("withdraw"),
        RENEWABLE.has(status) && ends && can(contracts, "create") && plain("renew", () => setQuestion(renew)),
        TERMINABLE.has(status) && plain("terminate", () => setQuestion(terminate)),
      ].filter(Boolean)
    : [];
  return (
    <div className={classes.banner}>
      <Path status={status} />
      <span className={classes.quiet}>
        {status === "in_force" && ends
          ? t("contracts.is_in_force_until", { day: formatDate(ends) })
          : status === "terminated"
            ? t("contracts.is_terminated", { reason: String(record.termination_reason ?? "") })
            : t(`contracts.is_${status}`)}
      </span>
      <span className={classes.space} />
      {buttons}
      {signing && <SignDialog contract={record.id} onClose={() => setSigning(false)} />}
      {question && (
        <AskDialog
          question={question}
          onDone={() => contractsChanged(client)}
          onClose={() => setQuestion(null)}
        />
      )}
    </div>
  );
}

const STAGES = ["draft", "in_approval", "approved", "signed", "in_force"] as const;

/** The stages in their order; those behind are marked, and an end takes the place of the last one. */
function Path({ status }: { status: string }) {
  const { t } = useTranslation();
  const over = status === "expired" || status === "terminated";
  const stages: readonly string[] = over ? [...STAGES, status] : STAGES;
  const place = stages.indexOf(status);
  return (
    <ol className={classes.path} aria-label={t("contracts.stages")}>
      {stages.map((stage, index) => (
        <li
          key={stage}
          className={classes.stage}
          data-state={index < place ? "done" : index === place ? "now" : "ahead"}
          aria-current={index === place ? "step" : undefined}
        >
          {t(`contracts.stage_${stage}`)}
        </li>
      ))}
    </ol>
  );
}
