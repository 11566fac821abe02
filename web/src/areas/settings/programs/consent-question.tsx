/** What an app asks, in words. */
import { Anchor } from "@mantine/core";
import { Glasses, Pencil } from "lucide-react";
import { useTranslation } from "react-i18next";
import type { AppQuestion } from "@/api/types";
import { formatDateTime } from "@/lib/format";
import { label } from "@/lib/label";
import classes from "./consent.module.css";
import shared from "./programs.module.css";

export function ConsentQuestion({ question, email }: { question: AppQuestion; email: string }) {
  const { t } = useTranslation();
  const { app, scopes, member, workspace } = question;
  return (
    <>
      <p className={classes.whose}>
        {t("programs.in_the_name_of", {
          member: email ? t("programs.member_email", { member, email }) : member,
          workspace: workspace.name,
        })}
      </p>
      <ul className={classes.asks} aria-label={t("programs.wants")}>
        {scopes.map(({ scope, object, label: words, writes }) => {
          const Icon = writes ? Pencil : Glasses;
          return (
            <li key={scope} className={classes.ask}>
              <Icon size={18} strokeWidth={1.75} className={shared.icon} aria-hidden />
              <span className={classes.askWords}>
                <span className={shared.strong}>{object ? label(words) : t("programs.every_object")}</span>
                <span className={shared.detail}>
                  {t(writes ? "programs.wants_to_write" : "programs.wants_to_read")}
                </span>
              </span>
            </li>
          );
        })}
      </ul>
      <ul className={classes.facts}>
        <li>{t("programs.never_more")}</li>
        <li>{t("programs.any_time")}</li>
        <li>
          {t("programs.goes_on_to", { host: app.goes_to })}
          {app.website && (
            <>
              {" "}
              <Anchor href={app.website} target="_blank" rel="noreferrer" size="sm" underline="always">
                {t("programs.about_app")}
              </Anchor>
            </>
          )}
        </li>
        {question.allowed_at && (
          <li>{t("programs.allowed_before", { at: formatDateTime(question.allowed_at) })}</li>
        )}
      </ul>
    </>
  );
}
