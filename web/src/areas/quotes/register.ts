/** Quotes on the screens: made of opportunities, sent, compared and offered anew on their own pages. */
import { lazy } from "react";
import { loadTexts } from "@/lib/i18n";
import { extendRecordPage } from "@/records/page/extensions";

export function registerQuotes(): void {
  extendRecordPage("opportunity", {
    PrimaryAction: lazy(async () => {
      const [module] = await Promise.all([import("./parts/make-quote"), loadTexts("areas/quotes")]);
      return { default: module.MakeQuoteButton };
    }),
  });
  extendRecordPage("quote", {
    linesAreOpen: (quote) => quote.status === "draft",
    PrimaryAction: lazy(async () => {
      const [module] = await Promise.all([import("./parts/quote-actions"), loadTexts("areas/quotes")]);
      return { default: module.QuoteActions };
    }),
  });
}
