/** The question before a change that concerns data or is in use: what it does, what rests on it, what must change first. */
import { Alert, Button, Group, Modal, Select, Stack } from "@mantine/core";
import { useQueryClient } from "@tanstack/react-query";
import { TriangleAlert } from "lucide-react";
import { type ReactNode, useState } from "react";
import { useTranslation } from "react-i18next";
import type { ChoiceOption, DesignOutcome } from "@/api/types";
import { ApiError } from "@/lib/api";
import { label } from "@/lib/label";
import { ChangedMeanwhile } from "./changed-meanwhile";
import { Dependents } from "./dependents";
import classes from "./objects.module.css";
import { made, type Params, previewed, type Verb } from "./requests";

export interface ChangeRequest {
  verb: Verb;
  params: Params;
  title: string;
  confirmLabel: string;
  /** Asks even where no data is concerned and nothing rests on it. */
  always?: boolean;
  danger?: boolean;
  /** Options that go, and those that may take their place; without a place to go their values are emptied. */
  options?: { removed: ChoiceOption[]; kept: ChoiceOption[]; required: boolean };
}

type Answer = "cancelled" | "discarded" | DesignOutcome;

interface Asked {
  request: ChangeRequest;
  settle(answer: Answer): void;
  fail(error: unknown): void;
}

/** `change` resolves once the change is made or given up; a refusal rejects it. `question` belongs on the screen. */
export function useReview(): { change(request: ChangeRequest): Promise<Answer>; question: ReactNode } {
  const client = useQueryClient();
  const [asked, setAsked] = useState<(Asked & { outcome: DesignOutcome }) | null>(null);
  const [clash, setClash] = useState<(Asked & { error: ApiError }) | null>(null);

  const make = async ({ request, settle, fail }: Asked) => {
    try {
      settle(await made(client, request.verb, request.params));
    } catch (error) {
      if (isClash(error)) setClash({ request, settle, fail, error });
      else fail(error);
    }
  };
  const look = async (waiting: Asked) => {
    const { request, fail } = waiting;
    try {
      const outcome = await previewed(request.verb, request.params);
      const concerns = outcome.impact.some(({ count }) => count > 0) || outcome.dependents.length > 0;
      if (concerns || request.always) setAsked({ ...waiting, outcome });
      else await make(waiting);
    } catch (error) {
      if (isClash(error)) setClash({ ...waiting, error });
      else fail(error);
    }
  };
  const change = (request: ChangeRequest) =>
    new Promise<Answer>((settle, fail) => {
      look({ request, settle, fail });
    });
  const question = clash ? (
    <ChangedMeanwhile
      error={clash.error}
      onOverwrite={() => {
        setClash(null);
        look({ ...clash, request: overwriting(clash.request, clash.error) });
      }}
      onDiscard={() => {
        setClash(null);
        clash.settle("discarded");
      }}
      onClose={() => {
        setClash(null);
        clash.settle("cancelled");
      }}
    />
  ) : asked ? (
    <Review
      request={asked.request}
      outcome={asked.outcome}
      onClose={() => {
        setAsked(null);
        asked.settle("cancelled");
      }}
      onConfirm={async (more) => {
        const { verb, params } = asked.request;
        // What a roll-back does was confirmed when the change was made.
        const confirmed = verb === "roll-back" ? params : { ...params, ...more, confirm: true };
        const request = { ...asked.request, params: confirmed };
        await make({ ...asked, request });
        setAsked(null);
      }}
    />
  ) : null;
  return { change, question };
}

const isClash = (error: unknown): error is ApiError =>
  error instanceof ApiError && error.code === "design.changed_meanwhile";

/** The same change, made knowing what somebody else made of that attribute. */
function overwriting(request: ChangeRequest, error: ApiError): ChangeRequest {
  const expected = {
    ...(request.params.expected as Params),
    [String(error.params.attribute)]: error.params.now,
  };
  return { ...request, params: { ...request.params, expected } };
}

function Review({
  request,
  outcome,
  onConfirm,
  onClose,
}: {
  request: ChangeRequest;
  outcome: DesignOutcome;
  onConfirm(more: Params): Promise<void>;
  onClose(): void;
}) {
  const { t } = useTranslation();
  const [busy, setBusy] = useState(false);
  const [replaced, setReplaced] = useState<Record<string, string | null>>({});
  const blocked = outcome.dependents.some(({ blocking }) => blocking);
  const used = (request.options?.removed ?? []).flatMap((option) => {
    const named = outcome.impact.find(
      ({ code, params }) => code === "design.impact_option" && params.option === label(option.label),
    );
    return named ? [{ option, count: named.count }] : [];
  });
  const unplaced = request.options?.required && used.some(({ option }) => !replaced[option.key]);
  const impact = outcome.impact.filter(
    ({ code, count }) => count > 0 && (used.length === 0 || code !== "design.impact_option"),
  );
  const confirm = async () => {
    setBusy(true);
    const places = Object.fromEntries(used.map(({ option }) => [option.key, replaced[option.key] ?? null]));
    await onConfirm(used.length > 0 ? { replace_options: places } : {});
    setBusy(false);
  };
  return (
    <Modal opened onClose={onClose} title={request.title} size={560}>
      <Stack gap="sm">
        {outcome.plan.length > 0 && (
          <ul className={classes.plan}>
            {outcome.plan.map(({ code, text }, at) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: sentences have no identity but their place
              <li key={`${code}-${at}`}>{text}</li>
            ))}
          </ul>
        )}
        {impact.length > 0 && (
          <Alert color="orange" variant="light" icon={<TriangleAlert size={16} />} p="sm">
            {impact.map(({ code, text }) => (
              <div key={code + text}>{text}</div>
            ))}
          </Alert>
        )}
        {used.map(({ option, count }) => (
          <Select
            key={option.key}
            label={t("objects.replace_option", { name: label(option.label), count })}
            placeholder={request.options?.required ? t("objects.replace_choose") : t("objects.replace_empty")}
            data={request.options?.kept.map(({ key, label: words }) => ({ value: key, label: label(words) }))}
            clearable={!request.options?.required}
            clearButtonProps={{ "aria-label": t("objects.replace_empty") }}
            value={replaced[option.key] ?? null}
            onChange={(kept) => setReplaced({ ...replaced, [option.key]: kept })}
          />
        ))}
        {outcome.dependents.length > 0 && (
          <>
            <p className={classes.remark}>{t(blocked ? "objects.used_blocking" : "objects.used_by_these")}</p>
            <Dependents dependents={outcome.dependents} />
          </>
        )}
        <Group justify="flex-end" gap="xs" mt="xs">
          <Button variant="default" onClick={onClose}>
            {t(blocked ? "ui.close" : "ui.cancel")}
          </Button>
          {!blocked && (
            <Button
              color={request.danger ? "red" : undefined}
              loading={busy}
              disabled={unplaced}
              onClick={confirm}
              data-autofocus
            >
              {request.confirmLabel}
            </Button>
          )}
        </Group>
      </Stack>
    </Modal>
  );
}
