/** An accepted quote becomes a contract, or an order where none is needed. */
import { Button } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useRouter } from "@tanstack/react-router";
import { FileSignature, ShoppingCart } from "lucide-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useObject } from "@/lib/catalog";
import { can } from "@/lib/rights";
import { recordHref } from "@/records/lookup/record-link";
import type { RecordPartProps } from "@/records/page/extensions";
import { toastSuccess } from "@/ui/toast";
import { ConvertDialog } from "./convert-dialog";
import { leftOf } from "./left";
import { contractQuote, convertibleQuery, orderQuote, type Source } from "./requests";

export function QuoteNext({ record }: RecordPartProps) {
  const { t } = useTranslation();
  const router = useRouter();
  const contracts = useObject("contract");
  const orders = useObject("sales_order");
  const [to, setTo] = useState<"contract" | "sales_order" | null>(null);
  const accepted = record.status === "accepted";
  const source: Source = { lines: "quote_line", parent: "quote", id: record.id };
  const lines = useQuery({ ...convertibleQuery(source), enabled: accepted });
  if (!accepted || !lines.data?.some((line) => leftOf(line) !== 0)) return null;
  return (
    <>
      {can(contracts, "create") && (
        <Button leftSection={<FileSignature size={14} />} onClick={() => setTo("contract")}>
          {t("documents.to_contract")}
        </Button>
      )}
      {can(orders, "create") && (
        <Button
          variant="default"
          leftSection={<ShoppingCart size={14} />}
          onClick={() => setTo("sales_order")}
        >
          {t("documents.to_order")}
        </Button>
      )}
      {to && (
        <ConvertDialog
          source={source}
          title={t(`documents.${to === "contract" ? "to_contract" : "to_order"}`)}
          button={t("documents.make_draft")}
          make={async (parts) =>
            to === "contract"
              ? (await contractQuote(record.id, parts)).result.contract
              : (await orderQuote(record.id, parts)).result.order
          }
          onClose={() => setTo(null)}
          onMade={(id) => {
            toastSuccess(t(`documents.made_${to}`));
            router.history.push(recordHref(to, id));
          }}
        />
      )}
    </>
  );
}
