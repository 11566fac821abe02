/** A contract that holds becomes orders, in parts or whole. */
import { Button } from "@mantine/core";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useRouter } from "@tanstack/react-router";
import { ShoppingCart } from "lucide-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { MoneyValue } from "@/api/types";
import { useObject } from "@/lib/catalog";
import { formatMoney } from "@/lib/format";
import { can } from "@/lib/rights";
import { recordHref } from "@/records/lookup/record-link";
import type { RecordPartProps } from "@/records/page/extensions";
import { AskDialog, type Question } from "@/ui/ask-dialog";
import { toastSuccess } from "@/ui/toast";
import { madeQuery } from "./chain";
import { ConvertDialog } from "./convert-dialog";
import { leftOf } from "./left";
import { convertibleQuery, documentsChanged, orderContract, type Source } from "./requests";

const HOLDING = new Set(["signed", "in_force"]);

export function ContractNext({ record }: RecordPartProps) {
  const { t } = useTranslation();
  const router = useRouter();
  const client = useQueryClient();
  const orders = useObject("sales_order");
  const [asking, setAsking] = useState(false);
  const holds = HOLDING.has(String(record.status)) && can(orders, "create");
  const hasLines = Number(record.line_count ?? 0) > 0;
  const source: Source = { lines: "contract_line", parent: "contract", id: record.id };
  const lines = useQuery({ ...convertibleQuery(source), enabled: holds && hasLines });
  const made = useQuery({
    ...madeQuery("sales_order", "contract", record.id, ["number", "status", "amount"]),
    enabled: holds && !hasLines,
  });
  const amount = record.amount as MoneyValue | null;
  const left = hasLines
    ? lines.data?.some((line) => leftOf(line) !== 0)
    : made.data && leftAmount(amount, made.data);
  if (!holds || !left) return null;
  const show = (id: string) => {
    setAsking(false);
    toastSuccess(t("documents.made_sales_order"));
    router.history.push(recordHref("sales_order", id));
  };
  const question: Question = {
    title: t("documents.to_order"),
    text: amount
      ? t("documents.amount_left", {
          left: formatMoney({ amount: String(left), currency: amount.currency }),
        })
      : t("documents.no_amount"),
    button: t("documents.make_draft"),
    done: t("documents.made_sales_order"),
    fields: amount
      ? [{ key: "amount", label: t("documents.amount"), kind: "amount", value: String(left) }]
      : [],
    run: async ({ amount: typed = "" }) => {
      const { result } = await orderContract(record.id, [], typed.trim() || null);
      router.history.push(recordHref("sales_order", result.order));
    },
  };
  return (
    <>
      <Button leftSection={<ShoppingCart size={14} />} onClick={() => setAsking(true)}>
        {t("documents.to_order")}
      </Button>
      {asking && hasLines && (
        <ConvertDialog
          source={source}
          title={t("documents.to_order")}
          button={t("documents.make_draft")}
          make={async (parts) => (await orderContract(record.id, parts, null)).result.order}
          onClose={() => setAsking(false)}
          onMade={show}
        />
      )}
      {asking && !hasLines && (
        <AskDialog
          question={question}
          onDone={() => documentsChanged(client)}
          onClose={() => setAsking(false)}
        />
      )}
    </>
  );
}

/** The amount less its orders, as a number to show; of a contract without one there is always something left. */
function leftAmount(
  amount: MoneyValue | null,
  orders: readonly { status: string | null; amount?: MoneyValue | null }[],
): number {
  if (!amount) return 1;
  const ordered = orders
    .filter(({ status }) => status !== "cancelled")
    .reduce((sum, one) => sum + Number(one.amount?.amount ?? 0), 0);
  return Math.max(0, Math.round((Number(amount.amount) - ordered) * 1000) / 1000);
}
