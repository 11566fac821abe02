/** Contracts on the pages of records: what is done with one next, how it is paid, and who signed it. */
import { type ComponentType, lazy } from "react";
import { loadTexts } from "@/lib/i18n";
import { extendRecordPage, type RecordPartProps } from "@/records/page/extensions";

const part = (load: () => Promise<ComponentType<RecordPartProps>>) =>
  lazy(async () => {
    const [found] = await Promise.all([load(), loadTexts("areas/contracts")]);
    return { default: found };
  });

const ContractBanner = part(() => import("./contract-banner").then((module) => module.ContractBanner));
const PlanTab = part(() => import("./plan-tab").then((module) => module.PlanTab));
const Signatures = part(() => import("./signatures-tab").then((module) => module.SignaturesTab));

export function registerContracts(): void {
  extendRecordPage("contract", {
    Banner: ContractBanner,
    linesAreOpen: (contract) => contract.status === "draft",
    tabs: [
      { key: "plan", title: "page.tab_plan", instead: "contract_instalment", Panel: PlanTab },
      { key: "signatures", title: "page.tab_signatures", instead: "contract_signature", Panel: Signatures },
    ],
  });
}
