/** How amounts of a currency are rounded: by the workspace's rule for it, else as it is paid. */
import { useQuery } from "@tanstack/react-query";
import { useMemo } from "react";
import { useObject } from "@/lib/catalog";
import { queryRecords, recordKeys } from "@/lib/records";
import type { Rounding, Terms } from "./amounts";
import { text } from "./model";
import { decimalsOf } from "./totals-foot";

const OBJECT = "rounding_rule";
const MOST = 100;

export function useRounding(
  currency: string,
  taxRounding: string | null,
): Pick<Terms, "digits" | "documentTax" | "rounding"> {
  const object = useObject(OBJECT);
  const { data } = useQuery({
    queryKey: [...recordKeys.of(OBJECT), "rounding"],
    queryFn: ({ signal }) =>
      queryRecords(OBJECT, { select: ["currency", "digits", "mode", "tax_rounding"], limit: MOST }, signal),
    enabled: Boolean(object),
  });
  return useMemo(() => {
    const rule = data?.rows.find((one) => one.currency === currency);
    const digits = text(rule?.digits);
    return {
      digits: digits === null ? decimalsOf(currency) : Number(digits),
      documentTax: (taxRounding ?? text(rule?.tax_rounding)) === "document",
      rounding: (text(rule?.mode) ?? "half_up") as Rounding,
    };
  }, [data, currency, taxRounding]);
}
