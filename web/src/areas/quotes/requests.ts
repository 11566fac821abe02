/** The verbs of quotes, and two versions side by side. */
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import type { MadeQuote, QuoteComparison, SharedQuote } from "@/api/types";
import { recordKeys, runAction } from "@/lib/records";
import { workspaceRequest } from "@/lib/workspace";

function useVerb<Params extends object, Result>(verb: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (params: Params) =>
      runAction<Result>(`quotes/${verb}`, { ...params } as Record<string, unknown>),
    onSuccess: () => client.invalidateQueries({ queryKey: recordKeys.all() }),
  });
}

export const useMakeQuote = () => useVerb<{ opportunity: string }, MadeQuote>("make-quote");
export const useNewVersion = () => useVerb<{ quote: string }, MadeQuote>("new-version");
export const useMarkSent = () => useVerb<{ quote: string }, { status: string }>("mark-sent");
export const useRecordAnswer = () =>
  useVerb<{ quote: string; answer: "accepted" | "declined" }, { status: string }>("record-answer");
export const useShareQuote = () =>
  useVerb<{ quote: string; name: string | null; expires_at: string | null }, SharedQuote>("share-quote");

export function useComparison(quote: string, other: string) {
  return useQuery({
    queryKey: [...recordKeys.of("quote"), "compared", quote, other],
    queryFn: ({ signal }) =>
      workspaceRequest<QuoteComparison>(`/quotes/${quote}/compared/${other}`, { signal }),
  });
}
