/** Where in the tree one is, with the way up, and what is not counted. */
import { Alert } from "@mantine/core";
import { useTranslation } from "react-i18next";
import type { ForecastPage, ForecastPlace } from "@/api/types";
import classes from "./forecast.module.css";
import type { ForecastSearch } from "./search";

export type Go = (change: Partial<ForecastSearch>) => void;

/** The node as the address names it. */
export const addressOf = ({ kind, id }: ForecastPlace): Partial<ForecastSearch> => ({
  department: kind === "department" ? (id ?? undefined) : undefined,
  person: kind === "person" ? (id ?? undefined) : undefined,
  company: kind === "company" ? "1" : undefined,
});

export function usePlaceName(): (place: ForecastPlace) => string {
  const { t } = useTranslation();
  return ({ kind, title }) =>
    kind === "company" ? t("forecast.company") : kind === "nobody" ? t("forecast.nobody") : (title ?? "—");
}

export function Trail({ page, go }: { page: ForecastPage; go: Go }) {
  const { t } = useTranslation();
  const name = usePlaceName();
  const last = page.trail.length - 1;
  return (
    <>
      <nav className={classes.trail} aria-label={t("forecast.place")}>
        {page.trail.map((place, at) => (
          <span key={`${place.kind} ${place.id}`} className={classes.trailPart}>
            {at > 0 && <span aria-hidden>›</span>}
            {at === last ? (
              <strong>{name(place)}</strong>
            ) : (
              <button type="button" className={classes.linkButton} onClick={() => go(addressOf(place))}>
                {name(place)}
              </button>
            )}
          </span>
        ))}
        {!page.node.whole && <span className={classes.quiet}>{t("forecast.not_whole")}</span>}
      </nav>
      {page.missing_rates.length > 0 && (
        <Alert color="yellow" variant="light" mb="sm">
          {t("forecast.missing_rates", { currencies: page.missing_rates.join(", ") })}
        </Alert>
      )}
    </>
  );
}
