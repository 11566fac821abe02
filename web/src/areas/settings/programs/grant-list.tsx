/** What was allowed to apps: to look at what they did with it, and to withdraw it. */
import { Button } from "@mantine/core";
import { useQueryClient } from "@tanstack/react-query";
import { AppWindow, UserRound } from "lucide-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { GrantState } from "@/api/types";
import { formatDate, formatRelative } from "@/lib/format";
import { ConfirmDanger } from "@/ui/confirm-danger";
import { toastError, toastSuccess } from "@/ui/toast";
import { CallsDrawer } from "./calls-drawer";
import classes from "./programs.module.css";
import { programsKey, revokeGrant } from "./requests";
import { ScopeList } from "./scope-list";

/** `by` names the rows: the apps of one member, or the members of one app. */
export function GrantList({ grants, by }: { grants: GrantState[]; by: "app" | "member" }) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const [looking, setLooking] = useState<GrantState | null>(null);
  const [leaving, setLeaving] = useState<GrantState | null>(null);
  const Icon = by === "app" ? AppWindow : UserRound;
  const withdraw = async (grant: GrantState) => {
    try {
      await revokeGrant(grant.id);
      toastSuccess(t("programs.withdrawn", { name: grant.app }));
      await client.invalidateQueries({ queryKey: programsKey() });
    } catch (error) {
      toastError(error);
    }
  };
  const nameOf = (grant: GrantState) =>
    by === "app" ? grant.app : grant.member.name || t("programs.member_gone");
  return (
    <>
      <ul className={classes.plain}>
        {grants.map((grant) => (
          <li key={grant.id} className={classes.row}>
            <Icon size={20} strokeWidth={1.5} className={classes.icon} aria-hidden />
            <div className={classes.words}>
              <span className={classes.strong}>{nameOf(grant)}</span>
              <ScopeList scopes={grant.scopes} />
              <span className={classes.quiet}>
                {t("programs.allowed_on", { day: formatDate(grant.created_at) })}
                {" · "}
                {grant.last_used_at
                  ? t("programs.used_phone", {
                      used: [formatRelative(grant.last_used_at), grant.last_used_from]
                        .filter(Boolean)
                        .join(" · "),
                    })
                  : t("programs.never_used")}
              </span>
            </div>
            <div className={classes.buttons}>
              <Button
                size="compact-sm"
                variant="subtle"
                aria-label={t("programs.calls_of", { name: nameOf(grant) })}
                onClick={() => setLooking(grant)}
              >
                {t("programs.calls")}
              </Button>
              <Button
                size="compact-sm"
                variant="subtle"
                color="red"
                aria-label={t("programs.withdraw_from", { name: nameOf(grant) })}
                onClick={() => setLeaving(grant)}
              >
                {t("programs.withdraw")}
              </Button>
            </div>
          </li>
        ))}
      </ul>
      {looking && (
        <CallsDrawer
          of="app-grants"
          id={looking.id}
          program={looking.app_id}
          name={looking.app}
          member={looking.member.id}
          onClose={() => setLooking(null)}
        />
      )}
      <ConfirmDanger
        opened={leaving !== null}
        title={t("programs.withdraw_title", { name: leaving?.app })}
        confirmLabel={t("programs.withdraw")}
        onConfirm={async () => {
          if (leaving) await withdraw(leaving);
        }}
        onClose={() => setLeaving(null)}
      >
        {t(by === "app" ? "programs.withdraw_text" : "programs.withdraw_member_text", {
          member: leaving?.member.name,
        })}
      </ConfirmDanger>
    </>
  );
}
