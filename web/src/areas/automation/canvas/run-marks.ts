/** The way of a run on the canvas: what came of each step and when, and the ways that were taken. */
import type { TFunction } from "i18next";
import type { FlowRunDetails } from "@/api/types";
import type { Definition } from "../model";
import { OUTCOME_HUES, timeOf, tookInWords, waitsInWords } from "../run-words";
import { allPorts, type Kinds, START, wayId } from "./shape";
import type { Mark } from "./view";

/** After these a token leaves through the port that is told. */
const LEAVES = new Set(["done", "woken", "met", "skipped", "error"]);

export function runMarks(
  run: Pick<FlowRunDetails, "record_of_steps" | "tokens" | "cause">,
  definition: Definition,
  kinds: Kinds,
  t: TFunction,
): { marks: Map<string, Mark>; taken: Set<string> } {
  const marks = new Map<string, Mark>();
  const taken = new Set<string>();
  for (const node of definition.nodes) {
    const steps = run.record_of_steps.filter((step) => step.node === node.id);
    const tokens = run.tokens.filter((token) => token.node === node.id);
    const last = steps[steps.length - 1];
    const first = steps[0];
    for (const { outcome, port } of steps) {
      if (outcome === "fork") for (const each of allPorts(node, kinds)) taken.add(wayId(node.id, each));
      else if (LEAVES.has(outcome) && port) taken.add(wayId(node.id, port));
    }
    const stands = tokens[0];
    if (!last && !stands) {
      marks.set(node.id, { hue: "slate", word: t("automation.canvas_not_reached"), faded: true });
      continue;
    }
    const failed = stands?.error ?? last?.error;
    const took = first && last && first !== last ? tookInWords(first.at, last.at, t) : null;
    const times = steps.length > 2 ? t("automation.canvas_entries", { count: steps.length }) : null;
    marks.set(node.id, {
      hue: stands
        ? stands.state === "failed"
          ? "red"
          : "violet"
        : (OUTCOME_HUES[last?.outcome ?? ""] ?? "slate"),
      word: stands
        ? t(stands.state === "failed" ? "automation.outcome_failed" : "automation.run_waiting")
        : t(`automation.outcome_${last?.outcome}`, { defaultValue: last?.outcome ?? "" }),
      says: [
        [last && timeOf(last.at), took, times].filter(Boolean).join(" · "),
        stands && stands.state !== "failed" ? waitsInWords(stands, t) : "",
        failed?.message ?? "",
      ].filter(Boolean),
    });
  }
  const { trigger } = run.cause as { trigger?: string };
  for (const { id } of definition.triggers) {
    const began = trigger === id || (trigger === undefined && definition.triggers.length === 1);
    if (began) taken.add(wayId(id, START));
    else marks.set(id, { hue: "slate", word: t("automation.canvas_not_reached"), faded: true });
  }
  return { marks, taken };
}
