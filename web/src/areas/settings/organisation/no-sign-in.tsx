/** People at work who cannot sign in yet, such as those who came by an import, and the way to invite them all at once. */
import { Button } from "@mantine/core";
import { MailPlus } from "lucide-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { formatNumber } from "@/lib/format";
import type { Member } from "../people";
import { InviteManyDialog } from "./invite-many-dialog";
import classes from "./organisation.module.css";

export function NoSignIn({ members }: { members: Member[] }) {
  const { t } = useTranslation();
  const [inviting, setInviting] = useState<Member[] | null>(null);
  const waiting = members.filter((one) => one.status === "active" && one.account_id === null);
  return (
    <>
      {waiting.length > 0 && (
        <div className={classes.notice}>
          <span>
            {t("organisation.no_sign_in", { count: waiting.length, shown: formatNumber(waiting.length) })}
          </span>
          <Button
            variant="default"
            size="xs"
            leftSection={<MailPlus size={14} />}
            onClick={() => setInviting(waiting)}
          >
            {t("organisation.invite_many")}
          </Button>
        </div>
      )}
      {inviting && <InviteManyDialog members={inviting} onClose={() => setInviting(null)} />}
    </>
  );
}
