/** How far one's own target, or the department's, is from being reached: this month, this quarter and this year. */
import { useQueries } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import type { TargetsPage } from "@/api/types";
import { type Asked, targetsQuery, type Unit } from "@/areas/forecast/requests";
import { formatMoney, formatMoneyShort, formatPercent } from "@/lib/format";
import { useMe } from "@/lib/me";
import { currentWorkspace } from "@/lib/workspace";
import { EmptyState } from "@/ui/states";
import { Card } from "./card";
import classes from "./home-page.module.css";
import type { Viewpoint } from "./whose";

const UNITS: readonly Unit[] = ["month", "quarter", "year"];

export function TargetGap({ view }: { view: Viewpoint }) {
  const { t } = useTranslation();
  const { member } = useMe();
  const whose: Partial<Asked> =
    view.whose === "department"
      ? { department: member.department?.id }
      : member.id
        ? { person: member.id }
        : {};
  const query = useQueries({
    queries: UNITS.map((period) => targetsQuery({ ...whose, period }, "won_amount")),
    combine: (answers) => ({
      data: answers.every(({ data }) => data) ? answers.map(({ data }) => data as TargetsPage) : undefined,
      error: answers.find(({ error }) => error)?.error ?? null,
      isError: answers.some(({ isError }) => isError),
      refetch: () => Promise.all(answers.map(({ refetch }) => refetch())),
    }),
  });
  return (
    <Card
      title={t(view.whose === "mine" ? "home.my_target" : "home.department_target")}
      query={query}
      more={
        <Link
          className={classes.more}
          to="/w/$ws/forecast"
          params={{ ws: currentWorkspace() }}
          search={{ ...whose, tab: "targets" }}
        >
          {t("home.all")}
        </Link>
      }
    >
      {(pages) => {
        const wanted = pages.filter(({ node }) => node.target !== null);
        if (wanted.length === 0) {
          return (
            <EmptyState compact title={t("home.no_target")}>
              {t("home.no_target_text")}
            </EmptyState>
          );
        }
        return wanted.map((page) => <Period key={page.period.unit} page={page} />);
      }}
    </Card>
  );
}

function Period({ page }: { page: TargetsPage }) {
  const { t } = useTranslation();
  const { node, currency, passed, period } = page;
  const money = (amount: string) => ({ amount, currency });
  const reached = Math.min(100, Math.max(0, Number(node.attainment ?? 0)));
  return (
    <div className={classes.target} data-period={period.unit}>
      <div className={classes.targetHead}>
        <b className={classes.grow}>{t(`home.target_${period.unit}`)}</b>
        {node.gap !== null && (
          <span className={classes.gap} title={formatMoney(money(node.gap.replace("-", "")))}>
            {node.gap.startsWith("-")
              ? t("home.target_beyond", { amount: formatMoneyShort(money(node.gap.slice(1))) })
              : Number(node.gap) === 0
                ? t("home.target_reached")
                : t("home.target_gap", { amount: formatMoneyShort(money(node.gap)) })}
          </span>
        )}
      </div>
      <div className={classes.targetTrack} aria-hidden>
        <span className={classes.bar} data-reached={reached >= 100} style={{ width: `${reached}%` }} />
        <span className={classes.today} style={{ insetInlineStart: `${passed}%` }} />
      </div>
      <div className={classes.targetFoot}>
        <span className={classes.grow}>
          {t("home.target_won", {
            won: formatMoneyShort(money(node.actual)),
            target: formatMoneyShort(money(node.target ?? "0")),
          })}
        </span>
        {node.attainment !== null && (
          <span>
            {t("home.target_share", {
              share: formatPercent(node.attainment),
              passed: formatPercent(passed),
            })}
          </span>
        )}
      </div>
      {!node.whole && <p className={classes.quiet}>{t("home.target_not_whole")}</p>}
      {page.missing_rates.length > 0 && (
        <p className={classes.quiet}>
          {t("home.target_missing_rates", { currencies: page.missing_rates.join(t("home.between")) })}
        </p>
      )}
    </div>
  );
}
