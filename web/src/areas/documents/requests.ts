/** What is read and done where one document becomes another. */
import { type QueryClient, queryOptions } from "@tanstack/react-query";
import type { InvoicedOrder, MadeContract, MadeOrder } from "@/api/types";
import { queryRecords, recordKeys, runAction } from "@/lib/records";
import type { ConvertibleLine } from "./left";

const PAGE = 200;

export interface Part {
  line: string;
  quantity: string;
}

export interface Source {
  /** The object of the lines, and their field that names the document. */
  lines: string;
  parent: string;
  id: string;
}

export function convertibleQuery({ lines, parent, id }: Source) {
  const options = lines === "quote_line" ? ["optional", "chosen"] : [];
  return queryOptions({
    queryKey: [...recordKeys.of(lines), "convertible", id],
    queryFn: async ({ signal }) => {
      const rows: ConvertibleLine[] = [];
      let cursor: string | null | undefined;
      do {
        const page = await queryRecords(
          lines,
          {
            where: { field: parent, op: "eq", value: id },
            select: ["name", "kind", "quantity", "unit", "converted_quantity", ...options],
            sort: [{ field: "position", dir: "asc" }],
            limit: PAGE,
            cursor,
          },
          signal,
        );
        rows.push(...(page.rows as ConvertibleLine[]));
        cursor = page.next_cursor;
      } while (cursor);
      return rows;
    },
  });
}

export const contractQuote = (quote: string, parts: Part[]) =>
  runAction<MadeContract>("contracts/contract-quote", { quote, parts });
export const orderQuote = (quote: string, parts: Part[]) =>
  runAction<MadeOrder>("orders/order-quote", { quote, parts });
export const orderContract = (contract: string, parts: Part[], amount: string | null) =>
  runAction<MadeOrder>("orders/order-contract", { contract, parts, amount });
export const invoiceDownPayment = (order: string, percent: string | null, amount: string | null) =>
  runAction<InvoicedOrder>("orders/invoice-down-payment", { order, percent, amount });

/** What is left, and what came of it, may be another. */
export const documentsChanged = (client: QueryClient) =>
  client.invalidateQueries({ queryKey: recordKeys.all() });
