/** A quote as the customer sees it, who has no account: look, choose, ask, accept or decline. */
import { Anchor, UnstyledButton } from "@mantine/core";
import { getRouteApi } from "@tanstack/react-router";
import { useMemo, useState } from "react";
import { useTranslation } from "react-i18next";
import { formatDate, formatDateTime } from "@/lib/format";
import { setLanguage } from "@/lib/i18n";
import { LANGUAGES } from "@/lib/language";
import { LANGUAGE_NAMES } from "@/lib/settings";
import { usePageTitle } from "@/lib/use-page-title";
import { documentOf } from "@/records/lines/amounts";
import { ErrorState, PageSkeleton } from "@/ui/states";
import { Answer } from "./answer";
import classes from "./offer.module.css";
import { OfferLines } from "./offer-lines";
import { OfferTotals } from "./offer-totals";
import { Remarks } from "./remarks";
import { type OfferedQuote, paperOf, useOffer, useView } from "./requests";

const route = getRouteApi("/q/$token");

export function OfferPage() {
  const { t, i18n } = useTranslation();
  const { token } = route.useParams();
  const { data: offer, error, refetch } = useOffer(token);
  useView(token, Boolean(offer));
  usePageTitle(offer ? `${offer.name} · ${t("offer.title")}` : t("offer.title"));
  return (
    <div className={classes.frame}>
      <header className={classes.head}>
        <b>{offer?.workspace ?? ""}</b>
        <span className={classes.languages}>
          {LANGUAGES.map((language) => (
            <UnstyledButton
              key={language}
              lang={language}
              className={classes.language}
              aria-pressed={i18n.language === language}
              onClick={() => setLanguage(language)}
            >
              {LANGUAGE_NAMES[language]}
            </UnstyledButton>
          ))}
        </span>
      </header>
      <main className={classes.main}>
        {error ? (
          <ErrorState error={error} onRetry={() => void refetch()} />
        ) : offer ? (
          <Offer key={offer.version} offer={offer} token={token} />
        ) : (
          <PageSkeleton />
        )}
      </main>
    </div>
  );
}

function Offer({ offer, token }: { offer: OfferedQuote; token: string }) {
  const { t } = useTranslation();
  const [chosen, setChosen] = useState<ReadonlySet<string>>(
    () => new Set(offer.lines.filter((line) => line.optional && line.chosen).map((line) => line.id)),
  );
  const amounts = useMemo(() => {
    const { arithmetic } = offer;
    const lines = offer.lines.map((line) => ({
      quantity: line.kind === "item" ? line.quantity : "0",
      unitPrice: line.unit_price,
      taxPercent: line.tax_percent,
      counts: line.kind === "item" && (!line.optional || chosen.has(line.id)),
    }));
    return documentOf(lines, {
      digits: arithmetic.digits,
      discount: arithmetic.discount,
      taxIncluded: arithmetic.tax_included,
      documentTax: arithmetic.document_tax,
      rounding: arithmetic.rounding,
    });
  }, [offer, chosen]);
  const facts: [string, string | null][] = [
    ["offer.number", `${offer.number} · ${t("offer.version", { version: offer.version })}`],
    ["offer.company", offer.company],
    ["offer.contact", offer.contact],
    ["offer.seller", offer.seller],
    ["offer.issued_on", offer.issued_on && formatDate(offer.issued_on)],
    ["offer.valid_until", offer.valid_until && formatDate(offer.valid_until)],
  ];
  const toggle = (id: string) =>
    setChosen((now) => {
      const next = new Set(now);
      if (!next.delete(id)) next.add(id);
      return next;
    });
  return (
    <article className={classes.sheet}>
      <div className={classes.top}>
        <h1 className={classes.title}>{offer.name}</h1>
        <Anchor href={paperOf(token)} target="_blank" size="sm">
          {t("offer.pdf")}
        </Anchor>
      </div>
      <State offer={offer} />
      <dl className={classes.facts}>
        {facts.map(
          ([key, value]) =>
            value && (
              <div key={key}>
                <dt>{t(key)}</dt>
                <dd>{value}</dd>
              </div>
            ),
        )}
      </dl>
      <OfferLines
        offer={offer}
        amounts={amounts.lines}
        chosen={chosen}
        onToggle={offer.may_answer ? toggle : null}
      />
      <OfferTotals total={amounts.total} offer={offer} />
      {offer.terms_text && (
        <section>
          <h2 className={classes.part}>{t("offer.terms")}</h2>
          <p className={classes.terms}>{offer.terms_text}</p>
        </section>
      )}
      {offer.may_answer && (
        <Answer offer={offer} token={token} chosen={[...chosen]} total={amounts.total.total} />
      )}
      <Remarks offer={offer} token={token} />
    </article>
  );
}

/** What became of the quote, in a sentence, when it no longer waits for an answer. */
function State({ offer }: { offer: OfferedQuote }) {
  const { t } = useTranslation();
  if (offer.may_answer) return null;
  const at = formatDateTime(offer.answered_at);
  const words = {
    accepted: t("offer.accepted", { name: offer.answered_by ?? offer.company ?? "", at }),
    declined: t("offer.declined", { at }),
    expired: t("offer.expired"),
    superseded: t("offer.superseded"),
  }[offer.status];
  if (!words) return null;
  return (
    <p className={classes.state} data-status={offer.status} role="status">
      {words}
    </p>
  );
}
