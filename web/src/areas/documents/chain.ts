/** The chain of documents: by which fields each says what it came from, and where what came of it says so. */
import { queryOptions } from "@tanstack/react-query";
import type { MoneyValue, RecordRow, Reference } from "@/api/types";
import { queryRecords, recordKeys } from "@/lib/records";

const MOST = 20;

interface Links {
  /** Fields that name what it came from, and the object of each. */
  from: readonly (readonly [field: string, object: string])[];
  /** What comes of it: the object and its field. */
  to: readonly (readonly [object: string, field: string])[];
}

export const CHAIN: Record<string, Links> = {
  quote: {
    from: [["opportunity", "opportunity"]],
    to: [
      ["contract", "quote"],
      ["sales_order", "quote"],
    ],
  },
  contract: {
    from: [
      ["previous", "contract"],
      ["quote", "quote"],
      ["opportunity", "opportunity"],
    ],
    to: [
      ["sales_order", "contract"],
      ["invoice", "contract"],
      ["contract", "previous"],
    ],
  },
  sales_order: {
    from: [
      ["contract", "contract"],
      ["quote", "quote"],
      ["opportunity", "opportunity"],
    ],
    to: [
      ["shipment", "order"],
      ["invoice", "order"],
    ],
  },
  invoice: {
    from: [
      ["corrects", "invoice"],
      ["order", "sales_order"],
      ["contract", "contract"],
    ],
    to: [["invoice", "corrects"]],
  },
};

interface Made extends RecordRow {
  status: string | null;
  amount?: MoneyValue | null;
}

/** Each came from one of each kind at most; what is nearer stands first. */
export function cameFrom(object: string, record: RecordRow): { object: string; to: Reference }[] {
  return (CHAIN[object]?.from ?? []).flatMap(([field, target]) => {
    const to = record[field] as Reference | null | undefined;
    return to ? [{ object: target, to }] : [];
  });
}

/** Records of an object that came of the one, the first one first. */
export function madeQuery(object: string, field: string, id: string, select: string[]) {
  return queryOptions({
    queryKey: [...recordKeys.of(object), "made", field, id],
    queryFn: async ({ signal }) =>
      (
        await queryRecords(
          object,
          {
            where: { field, op: "eq", value: id },
            select,
            sort: [{ field: "created_at", dir: "asc" }],
            limit: MOST,
          },
          signal,
        )
      ).rows as Made[],
  });
}
