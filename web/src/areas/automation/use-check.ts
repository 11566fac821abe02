/** What the server finds wrong with a definition, while it is written: by part and setting, or of the whole. */
import { useDebouncedValue } from "@mantine/hooks";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useMemo } from "react";
import type { FlowProblem } from "@/api/types";
import type { Definition } from "./model";
import { checkQuery } from "./requests";

export interface PartProblems {
  any: boolean;
  /** Sentences by setting. */
  settings: Record<string, string>;
  /** Those that belong to no setting. */
  general: string[];
}

/** A problem with where it is, in words. */
interface Placed {
  at: string;
  /** The step, its setting where there is one, and what is wrong with it. */
  step: string;
  about: string | null;
  says: string;
}

export interface Problems {
  count: number;
  /** Of steps and triggers, each with its place. */
  placed: readonly Placed[];
  /** Of the flow as a whole. */
  whole: string[];
  of(part: string): PartProblems;
}

const PAUSE_MS = 400;

export function useCheck(definition: Definition): Problems {
  const [settled] = useDebouncedValue(definition, PAUSE_MS);
  const { data } = useQuery({ ...checkQuery(settled), placeholderData: keepPreviousData });
  return useMemo(() => problemsOf(data ?? [], definition), [data, definition]);
}

function problemsOf(found: readonly FlowProblem[], definition: Definition): Problems {
  const parts = new Set([...definition.triggers, ...definition.nodes].map(({ id }) => id));
  return {
    count: found.length,
    placed: found.flatMap(({ at, step, about, says }) =>
      at !== null && parts.has(at) ? [{ at, step: step ?? at, about, says }] : [],
    ),
    whole: unique(found.filter(({ at }) => at === null || !parts.has(at)).map(({ says }) => says)),
    of: (part) => {
      const own = found.filter(({ at }) => at === part);
      return {
        any: own.length > 0,
        settings: Object.fromEntries(
          own.flatMap(({ setting, says }) => (setting === null ? [] : [[setting, says]])),
        ),
        general: unique(own.filter(({ setting }) => setting === null).map(({ says }) => says)),
      };
    },
  };
}

const unique = (sentences: readonly string[]) => [...new Set(sentences)];
