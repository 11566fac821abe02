/** The question before something is done about an approval: to whom, where to, why. */
import { Button, FileInput, Group, Modal, Radio, Stack, Text, Textarea } from "@mantine/core";
import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { ApprovalDetails, ApprovalTask, Reference } from "@/api/types";
import { ApiError } from "@/lib/api";
import { useSubmit } from "@/lib/use-submit";
import { uploadFiles } from "@/records/field-kinds/file/upload";
import { FormProblem } from "@/ui/form-problem";
import { toastSuccess } from "@/ui/toast";
import { PeoplePicker } from "./people-picker";
import { act, refreshApprovals, type Verb } from "./requests";

export type Deed =
  | "approve"
  | "reject"
  | "transfer"
  | "reassign"
  | "add"
  | "return"
  | "withdraw"
  | "urge"
  | "resubmit"
  | "comment";

/** Where an approval is sent back to when its submitter has to do something. */
const START = "start";
/** Deeds that are done at one step alone. */
const aboutTask = new Set<Deed>(["approve", "reject", "transfer", "reassign", "add", "return"]);
const WHEN = ["before", "with", "after"] as const;

interface ActDialogProps {
  deed: Deed;
  /** What the deed is called here. */
  name: string;
  approval: ApprovalDetails;
  /** Which task, where it is one that the deed is about. */
  task: ApprovalTask | undefined;
  /** Held values that the reader changed. */
  edited: Record<string, unknown>;
  onProblems(problems: Record<string, string>): void;
  onClose(): void;
}

export function ActDialog({ deed, name, approval, task: one, edited, onProblems, onClose }: ActDialogProps) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const [comment, setComment] = useState("");
  const [people, setPeople] = useState<Reference[]>([]);
  const [when, setWhen] = useState<string>("before");
  const [to, setTo] = useState<string>(START);
  const [files, setFiles] = useState<File[]>([]);
  const { busy, problem, fields, submit } = useSubmit();
  const said = comment.trim();
  const needsComment = deed === "comment" || deed === "return";
  const needsPeople = deed === "transfer" || deed === "reassign" || deed === "add";
  const ready = (!needsComment || said !== "" || files.length > 0) && (!needsPeople || people.length > 0);
  const asked = approval.tasks
    .filter(({ node, state }) => node === one?.node && (state === "open" || state === "queued"))
    .map(({ assignee }) => assignee.id);

  const send = async () => {
    const words = { comment: said || null };
    const task = { task: one?.id ?? null, ...words };
    const whole = { approval: approval.id, ...words };
    const deeds: Record<Deed, [Verb, Record<string, unknown>]> = {
      approve: ["decide", { ...task, decision: "approve", values: edited }],
      reject: ["decide", { ...task, decision: "reject" }],
      transfer: ["transfer", { ...task, to: people[0]?.id }],
      reassign: ["reassign", { ...task, to: people[0]?.id }],
      add: ["add", { ...task, people: people.map(({ id }) => id), when }],
      return: ["return", { ...task, to }],
      resubmit: ["resubmit", { ...whole, values: edited }],
      withdraw: ["withdraw", whole],
      urge: ["urge", whole],
      comment: ["comment", whole],
    };
    const done = await submit(async () => {
      try {
        const [verb, params] = deeds[deed];
        const attached = files.length > 0 ? { files: (await uploadFiles(files)).map(({ id }) => id) } : {};
        await act(verb, { ...params, ...attached });
      } catch (error) {
        const named = error instanceof ApiError ? error.byField() : {};
        onProblems(named);
        throw error;
      }
    });
    if (!done) return;
    if (deed === "urge") toastSuccess(t("approvals.urged"));
    onClose();
    await refreshApprovals(client, approval.object);
  };

  return (
    <Modal opened onClose={onClose} title={name} size={480}>
      <Stack gap="md">
        {deed === "withdraw" && <Text c="dimmed">{t("approvals.withdraw_text")}</Text>}
        {one && aboutTask.has(deed) && (
          <Text c="dimmed">
            {t("approvals.at_step", { step: one.node_label, name: one.assignee.title ?? "—" })}
          </Text>
        )}
        {needsPeople && (
          <PeoplePicker
            several={deed === "add"}
            label={t(deed === "add" ? "approvals.people" : "approvals.transfer_to")}
            value={people}
            without={[...asked, ...approval.not_askable]}
            onChange={setPeople}
          />
        )}
        {deed === "add" && (
          <Radio.Group label={t("approvals.add_when")} value={when} onChange={setWhen}>
            <Stack gap="xs" mt={6}>
              {WHEN.map((one) => (
                <Radio
                  key={one}
                  value={one}
                  label={t(`approvals.add_${one}`)}
                  description={t(`approvals.add_${one}_help`)}
                />
              ))}
            </Stack>
          </Radio.Group>
        )}
        {deed === "return" && (
          <Radio.Group label={t("approvals.return_to")} value={to} onChange={setTo}>
            <Stack gap="xs" mt={6}>
              <Radio
                value={START}
                label={`${t("approvals.submitter")} · ${approval.submitter?.title ?? "—"}`}
              />
              {approval.returnable.map(({ id, title }) => (
                <Radio key={id} value={id} label={title} />
              ))}
            </Stack>
          </Radio.Group>
        )}
        <Textarea
          label={t(needsComment ? "approvals.comment" : "approvals.comment_optional")}
          withAsterisk={needsComment && files.length === 0}
          autosize
          minRows={3}
          maxRows={10}
          value={comment}
          onChange={(event) => setComment(event.currentTarget.value)}
          data-autofocus={!needsPeople || undefined}
        />
        {deed === "comment" && (
          <FileInput
            multiple
            clearable
            label={t("approvals.files")}
            placeholder={t("approvals.choose_files")}
            value={files}
            onChange={setFiles}
          />
        )}
        <FormProblem text={problem ?? Object.values(fields)[0] ?? null} />
      </Stack>
      <Group justify="flex-end" gap="xs" mt="lg">
        <Button variant="default" onClick={onClose}>
          {t("approvals.give_up")}
        </Button>
        <Button
          color={deed === "reject" || deed === "withdraw" ? "red" : undefined}
          loading={busy}
          disabled={!ready}
          onClick={send}
        >
          {name}
        </Button>
      </Group>
    </Modal>
  );
}
