/** Asks the server what follows from the values of a form, a moment after they changed. */
import { useDebouncedValue } from "@mantine/hooks";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useEffect } from "react";
import type { CatalogObject } from "@/api/types";
import { draftOf } from "@/lib/records";
import { currentWorkspace } from "@/lib/workspace";
import { type Reaction, toldProblems } from "./reaction";
import type { RecordForm, Values } from "./use-record-form";

const PAUSE_MS = 200;
const KEPT_MS = 30_000;

export interface Reacting {
  reaction: Reaction;
  /** Is the answer about the very values that were given? */
  settled: boolean;
}

/**
 * What follows from `values` in a new record, or over those of the record `id` in the revision `rev`.
 * Objects whose forms follow from nothing are never asked about.
 */
export function useReaction(object: CatalogObject, values: Values, id?: string, rev?: number): Reacting {
  const text = JSON.stringify(values);
  const [asked] = useDebouncedValue(text, PAUSE_MS);
  const query = useQuery({
    queryKey: ["draft", currentWorkspace(), object.key, id ?? null, rev ?? null, asked],
    queryFn: ({ signal }) => draftOf(object.key, JSON.parse(asked), id, signal),
    enabled: object.reactive === true,
    placeholderData: keepPreviousData,
    gcTime: KEPT_MS,
  });
  const reaction = object.reactive ? (query.data ?? null) : null;
  return { reaction, settled: reaction !== null && !query.isPlaceholderData && asked === text };
}

/** The same for a form: fills in the server's defaults, and tells what saving would be refused for. */
export function useFormReaction(
  object: CatalogObject,
  form: RecordForm,
  values: Values,
  id?: string,
  rev?: number,
): { reaction: Reaction; problems: Record<string, string> } {
  const { reaction, settled } = useReaction(object, values, id, rev);
  const { suggest, forgive } = form;
  useEffect(() => {
    if (!settled || !reaction) return;
    forgive();
    if (!id) suggest(reaction.defaults);
  }, [settled, reaction, id, suggest, forgive]);
  const told = toldProblems(reaction, form.touched, form.asked, form.problems);
  // Until the server has seen the newest value, what it said of the one before is no longer true of it.
  if (!settled && form.last) delete told[form.last];
  // Rules have words of their own, which say more than that something is missing.
  return { reaction, problems: { ...form.problems, ...told } };
}
