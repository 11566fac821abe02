/** What is left of one's limits in a pool today. */
import { useTranslation } from "react-i18next";
import type { OwnPool } from "@/api/types";
import { Chip } from "@/ui/chip";
import classes from "./pools.module.css";

export function LimitsLeft({ pool }: { pool: OwnPool }) {
  const { t } = useTranslation();
  const days = [
    { key: "claims", left: pool.claims_left, most: pool.claims_per_day },
    { key: "views", left: pool.others === "reveal" ? pool.views_left : null, most: pool.views_per_day },
  ];
  return (
    <ul className={classes.limits} aria-label={t("pools.limits")}>
      {days.map(
        ({ key, left, most }) =>
          left !== null && (
            <li key={key}>
              <Chip hue={left > 0 ? "green" : "red"}>{t(`pools.left_${key}`, { left, most })}</Chip>
            </li>
          ),
      )}
      {pool.holdings.map(({ name, held, most, left }) => (
        <li key={name}>
          <Chip hue={left > 0 ? "blue" : "red"}>{t("pools.holding", { name, held, most })}</Chip>
        </li>
      ))}
      {pool.cooling_days > 0 && (
        <li>
          <Chip hue="slate">{t("pools.cooling", { count: pool.cooling_days })}</Chip>
        </li>
      )}
    </ul>
  );
}
