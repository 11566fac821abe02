/** What a provider said when it was tried, and what would come of it. */
import { Alert } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { CircleAlert, CircleCheck } from "lucide-react";
import { useTranslation } from "react-i18next";
import type { ProviderState, TriedSignIn } from "@/api/types";
import { rolesQuery } from "../people";
import classes from "./single-sign-on.module.css";

export function TriedResult({ tried, provider }: { tried: TriedSignIn; provider: ProviderState }) {
  const { t } = useTranslation();
  const names = new Map((useQuery(rolesQuery()).data ?? []).map(({ id, name }) => [id, name]));
  const named = (ids: string[]) => ids.map((id) => names.get(id) ?? "…").join("、");
  const refused = tried.outcome === "refused";
  const mapped = (value: string) =>
    named(provider.role_map.filter((pair) => pair.value === value).map(({ role }) => role));
  const nothing = t("single-sign-on.told_nothing");
  return (
    <>
      <Alert
        color={refused ? "red" : "green"}
        variant="light"
        p="sm"
        role={refused ? "alert" : "status"}
        icon={refused ? <CircleAlert size={16} /> : <CircleCheck size={16} />}
      >
        {refused
          ? tried.sentence
          : t(`single-sign-on.outcome_${tried.outcome}`, {
              name: tried.member,
              roles: named(tried.holds) || nothing,
            })}
      </Alert>
      {tried.subject !== "" && (
        <>
          <dl className={classes.facts} style={{ marginTop: 12 }}>
            <dt>{t("single-sign-on.told_subject")}</dt>
            <dd>{tried.subject}</dd>
            <dt>{t("single-sign-on.told_email")}</dt>
            <dd>{tried.email || nothing}</dd>
            <dt>{t("single-sign-on.told_name")}</dt>
            <dd>{tried.name || nothing}</dd>
            {provider.roles_claim !== "" && (
              <>
                <dt>{provider.roles_claim}</dt>
                <dd>
                  {tried.values.length === 0
                    ? nothing
                    : tried.values.map((value) => (
                        <div key={value}>
                          {value} → {mapped(value) || t("single-sign-on.told_unmapped")}
                        </div>
                      ))}
                </dd>
              </>
            )}
          </dl>
          <details className={classes.hint}>
            <summary>{t("single-sign-on.told_everything")}</summary>
            <pre className={classes.claims}>{JSON.stringify(tried.claims, null, 2)}</pre>
          </details>
        </>
      )}
    </>
  );
}
