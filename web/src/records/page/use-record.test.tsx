/** A record saved in place: what the caller is told of it. */
import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { renderHook, waitFor } from "@testing-library/react";
import type { ReactNode } from "react";
import { afterEach, expect, test, vi } from "vitest";
import type { CatalogObject } from "@/api/types";
import { ApiError } from "@/lib/api";
import { HeldError } from "@/lib/held-changes";
import * as records from "@/lib/records";
import { useRecord } from "./use-record";

const deal = { key: "opportunity", fields: [], record_types: [] } as unknown as CatalogObject;
const refusal = new ApiError({ status: 409, code: "approvals.needed", message: "先审批", params: {} });

afterEach(() => vi.restoreAllMocks());

test.each([true, false])(
  "a change that waits for approval is done with, one that was not submitted is not: %s",
  async (submitted) => {
    vi.spyOn(records, "getRecord").mockResolvedValue({ id: "d1", rev: 1, amount: 5 });
    vi.spyOn(records, "updateRecord").mockRejectedValue(new HeldError(refusal, submitted));
    const client = new QueryClient({ defaultOptions: { queries: { retry: false } } });
    const { result } = renderHook(() => useRecord(deal, "d1"), {
      wrapper: ({ children }: { children: ReactNode }) => (
        <QueryClientProvider client={client}>{children}</QueryClientProvider>
      ),
    });
    await waitFor(() => expect(result.current.data?.amount).toBe(5));

    expect(await result.current.save({ amount: 9 })).toBe(submitted);
    await waitFor(() => expect(result.current.data?.amount).toBe(5));
  },
);
