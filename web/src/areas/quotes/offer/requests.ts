/** The quote behind an address: /api/offers/{token}, without a session. */
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useEffect } from "react";
import { request } from "@/lib/api";
import type { Rounding } from "@/records/lines/amounts";

export interface OfferedLine {
  id: string;
  kind: "item" | "heading" | "subtotal";
  name: string;
  quantity: string;
  unit: string | null;
  list_price: string | null;
  discount: string | null;
  unit_price: string;
  tax_percent: string;
  optional: boolean;
  chosen: boolean;
  net: string;
  tax: string;
  total: string;
}

export interface OfferedQuote {
  workspace: string;
  number: string;
  version: number;
  name: string;
  status: string;
  is_over: boolean;
  may_answer: boolean;
  company: string | null;
  contact: string | null;
  seller: string | null;
  issued_on: string | null;
  valid_until: string | null;
  terms_text: string | null;
  answered_at: string | null;
  answered_by: string | null;
  arithmetic: {
    currency: string;
    digits: number;
    discount: string;
    tax_included: boolean;
    document_tax: boolean;
    rounding: Rounding;
  };
  lines: OfferedLine[];
  remarks: { text: string; person: string | null; at: string }[];
}

const BEAT_MS = 15_000;
const addressOf = (token: string, what = "") => `/api/offers/${encodeURIComponent(token)}${what}`;
/** Where the quote is as PDF. */
export const paperOf = (token: string) => addressOf(token, "/pdf");
const keyOf = (token: string) => ["offer", token];

export function useOffer(token: string) {
  return useQuery({
    queryKey: keyOf(token),
    queryFn: ({ signal }) => request<OfferedQuote>(addressOf(token), { signal }),
    retry: false,
  });
}

function useAnswer<Body>(token: string, what: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (body: Body) => request<OfferedQuote>(addressOf(token, what), { method: "POST", body }),
    onSuccess: (offer) => client.setQueryData(keyOf(token), offer),
    onError: () => client.invalidateQueries({ queryKey: keyOf(token) }),
  });
}

export const useAccept = (token: string) =>
  useAnswer<{ version: number; name: string; chosen: string[]; signature: string | null }>(
    token,
    "/acceptance",
  );
export const useDecline = (token: string) =>
  useAnswer<{ version: number; name: string; reason: string }>(token, "/refusal");
export const useRemark = (token: string) => useAnswer<{ text: string; name: string }>(token, "/remarks");

/** Tells that the page was opened, and while it is in sight for how long. */
export function useView(token: string, shown: boolean): void {
  useEffect(() => {
    if (!shown) return;
    let view: string | null = null;
    let seconds = 0;
    const tell = async (body: Record<string, unknown>) => {
      try {
        const told = await request<{ view: string }>(addressOf(token, "/views"), { method: "POST", body });
        view = told.view;
      } catch {
        // What is not noted keeps nobody from reading.
      }
    };
    void tell({});
    const beat = window.setInterval(() => {
      if (document.visibilityState !== "visible" || !view) return;
      seconds += BEAT_MS / 1000;
      void tell({ view, seconds });
    }, BEAT_MS);
    return () => window.clearInterval(beat);
  }, [token, shown]);
}
