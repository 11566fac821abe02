/** Runs in words: their states, what became of a step, how long it took, what is waited for. */
import type { TFunction } from "i18next";
import type { FlowRun, Hue, RunToken } from "@/api/types";
import { formatDateTime } from "@/lib/format";

export const RUN_STATES = [
  "running",
  "waiting",
  "failed",
  "done",
  "stopped",
  "cancelled",
  "refused",
] as const;

export const RUN_HUES: Record<FlowRun["state"], Hue> = {
  running: "blue",
  waiting: "violet",
  failed: "red",
  done: "green",
  stopped: "slate",
  cancelled: "slate",
  refused: "amber",
};

const ENDED = new Set<FlowRun["state"]>(["done", "stopped", "cancelled", "refused"]);
export const hasEnded = ({ state }: Pick<FlowRun, "state">) => ENDED.has(state);

/** "1.2 s", "3 min": how long between two instants. */
export function tookInWords(from: string, to: string, t: TFunction): string {
  return spanInWords(new Date(to).getTime() - new Date(from).getTime(), t);
}

/** A number of milliseconds in words. */
export function spanInWords(milliseconds: number, t: TFunction): string {
  const seconds = Math.max(0, milliseconds / 1000);
  if (seconds < 60) return t("automation.took_seconds", { count: Math.round(seconds * 10) / 10 });
  if (seconds < 3_600) return t("automation.took_minutes", { count: Math.round(seconds / 60) });
  if (seconds < 86_400) return t("automation.took_hours", { count: Math.round(seconds / 360) / 10 });
  return t("automation.took_days", { count: Math.round(seconds / 8_640) / 10 });
}

/** What a run waits for at one of its places. */
export function waitsInWords(token: RunToken, t: TFunction): string {
  if (token.state === "failed") return t("automation.token_failed");
  if (token.state === "joined") return t("automation.token_joined");
  if (token.wake_at && token.attempts > 0)
    return t("automation.token_retry", { time: formatDateTime(token.wake_at), count: token.attempts });
  if (token.state === "waiting" && token.wake_at)
    return t("automation.token_until", { time: formatDateTime(token.wake_at) });
  if (token.state === "waiting") return t("automation.token_waiting");
  return t("automation.token_ready");
}

export const OUTCOME_HUES: Record<string, Hue> = {
  done: "green",
  woken: "green",
  met: "green",
  wait: "violet",
  join: "violet",
  fork: "blue",
  retry: "amber",
  again: "amber",
  skipped: "amber",
  edited: "amber",
  moved: "blue",
  filled: "green",
  failed: "red",
  error: "red",
  cancelled: "slate",
  stop: "slate",
};

/** With seconds: steps follow each other quickly. */
export function timeOf(at: string): string {
  const seconds = new Date(at).getSeconds();
  return `${formatDateTime(at)}:${String(seconds).padStart(2, "0")}`;
}
