/** Leads that wait for their first follow-up, the longest waiting first. */
import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { CatalogObject, RecordRow, Reference } from "@/api/types";
import { findField } from "@/lib/catalog";
import { formatDateTime, formatRelative } from "@/lib/format";
import { queryRecords, recordKeys } from "@/lib/records";
import { currentWorkspace } from "@/lib/workspace";
import { EmptyState } from "@/ui/states";
import { Card } from "./card";
import { FieldValue } from "./field-value";
import classes from "./home-page.module.css";
import { More } from "./more";
import { daysBefore, firstFollowUps, RESPONSE_DAYS } from "./questions";
import type { Viewpoint } from "./whose";

export function WaitingLeads({ object, view }: { object: CatalogObject; view: Viewpoint }) {
  const { t } = useTranslation();
  const asked = firstFollowUps(view.filter);
  const query = useQuery({
    queryKey: recordKeys.page("lead", asked),
    queryFn: ({ signal }) => queryRecords("lead", asked, signal),
  });
  return (
    <Card
      title={t(view.whose === "mine" ? "home.my_leads" : "home.department_leads")}
      query={query}
      more={<More object="lead" where={asked.where} />}
    >
      {({ rows }) =>
        rows.length === 0 ? (
          <EmptyState compact title={t("home.no_leads")}>
            {t("home.no_leads_text")}
          </EmptyState>
        ) : (
          rows.map((lead) => (
            <LeadRow key={lead.id} object={object} lead={lead} named={view.whose === "department"} />
          ))
        )
      }
    </Card>
  );
}

/** `named`: with the person who is to follow it up. */
function LeadRow({ object, lead, named }: { object: CatalogObject; lead: RecordRow; named: boolean }) {
  const { t } = useTranslation();
  const [limit] = useState(() => daysBefore(new Date(), RESPONSE_DAYS));
  const since = lead.owned_since as string | null;
  const owner = lead.owner as Reference | null;
  const grade = findField(object, "grade");
  const late = since !== null && Date.parse(since) < Date.parse(limit);
  return (
    <div className={classes.row}>
      <span className={classes.grow}>
        <Link
          className={classes.link}
          to="/w/$ws/o/$object/$id"
          params={{ ws: currentWorkspace(), object: "lead", id: lead.id }}
        >
          {String(lead.name)}
        </Link>
        {lead.company_name ? <span className={classes.quiet}> · {String(lead.company_name)}</span> : null}
        {named && owner?.title && <span className={classes.quiet}> · {owner.title}</span>}
      </span>
      {grade && <FieldValue field={grade} value={lead.grade} />}
      {since && (
        <span className={late ? classes.late : classes.due} title={formatDateTime(since)}>
          {t("home.got", { when: formatRelative(since) })}
        </span>
      )}
    </div>
  );
}
