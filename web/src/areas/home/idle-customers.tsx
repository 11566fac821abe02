/** Customers with open opportunities about whom nothing was done for long. */
import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { RecordRow, Reference } from "@/api/types";
import { useMe } from "@/lib/me";
import { moneyParts, moneyPartsText, moneySumText } from "@/lib/money-sums";
import { queryRecords, recordKeys } from "@/lib/records";
import { currentWorkspace } from "@/lib/workspace";
import { EmptyState } from "@/ui/states";
import { Card } from "./card";
import classes from "./home-page.module.css";
import { More } from "./more";
import { IDLE_DAYS, idleCustomers } from "./questions";
import type { Viewpoint } from "./whose";

export function IdleCustomers({ view }: { view: Viewpoint }) {
  const { t } = useTranslation();
  const [now] = useState(() => new Date());
  const asked = idleCustomers(view.filter, now);
  const query = useQuery({
    queryKey: recordKeys.page("company", asked),
    queryFn: ({ signal }) => queryRecords("company", asked, signal),
  });
  return (
    <Card
      title={t("home.idle_customers", { days: IDLE_DAYS })}
      query={query}
      more={<More object="company" where={asked.where} />}
    >
      {({ rows }) =>
        rows.length === 0 ? (
          <EmptyState compact title={t("home.no_idle_customers")}>
            {t("home.no_idle_customers_text", { days: IDLE_DAYS })}
          </EmptyState>
        ) : (
          rows.map((company) => (
            <CustomerRow key={company.id} company={company} named={view.whose === "department"} />
          ))
        )
      }
    </Card>
  );
}

/** `named`: with the person who looks after it. */
function CustomerRow({ company, named }: { company: RecordRow; named: boolean }) {
  const { t } = useTranslation();
  const { workspace } = useMe();
  const owner = company.owner as Reference | null;
  const stake = moneyParts(company.open_amount, workspace.currency);
  return (
    <div className={classes.row}>
      <span className={classes.grow}>
        <Link
          className={classes.link}
          to="/w/$ws/o/$object/$id"
          params={{ ws: currentWorkspace(), object: "company", id: company.id }}
        >
          {String(company.name)}
        </Link>
        {named && owner?.title && <span className={classes.quiet}> · {owner.title}</span>}
      </span>
      <span className={classes.number} title={moneyPartsText(stake)}>
        {moneySumText(stake, "short")}
      </span>
      <span className={classes.due}>
        {t("home.opportunity_count", { count: Number(company.open_opportunities) })}
      </span>
    </div>
  );
}
