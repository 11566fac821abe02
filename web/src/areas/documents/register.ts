/** Documents of a sale on the pages of records: what each came from, what came of it, and how it goes on. */
import { type ComponentType, lazy } from "react";
import { loadTexts } from "@/lib/i18n";
import { extendRecordPage, type RecordPartProps } from "@/records/page/extensions";
import { CHAIN } from "./chain";

const part = (load: () => Promise<ComponentType<RecordPartProps>>) =>
  lazy(async () => {
    const [found] = await Promise.all([load(), loadTexts("areas/documents")]);
    return { default: found };
  });

const ChainPanel = part(() => import("./chain-panel").then((module) => module.ChainPanel));
const QuoteNext = part(() => import("./quote-next").then((module) => module.QuoteNext));
const ContractNext = part(() => import("./contract-next").then((module) => module.ContractNext));
const DownPayment = part(() => import("./down-payment").then((module) => module.DownPayment));

export function registerDocuments(): void {
  for (const object of Object.keys(CHAIN)) extendRecordPage(object, { Banner: ChainPanel });
  extendRecordPage("quote", { PrimaryAction: QuoteNext });
  extendRecordPage("contract", { PrimaryAction: ContractNext });
  extendRecordPage("sales_order", { PrimaryAction: DownPayment });
}
