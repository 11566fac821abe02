/** Who stands in for the reader, in their own settings. */
import { Button } from "@mantine/core";
import { UserRoundCheck } from "lucide-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useObject } from "@/lib/catalog";
import { useMe } from "@/lib/me";
import { can, useOnlyLooks } from "@/lib/rights";
import { Card } from "@/ui/card";
import { DelegationDialog } from "./organisation/delegation-dialog";

/** `isAsked` has the question open at once. */
export function OwnDelegations({ isAsked }: { isAsked: boolean }) {
  const { t } = useTranslation();
  const me = useMe();
  const looks = useOnlyLooks();
  const delegation = useObject("delegation");
  const [open, setOpen] = useState(isAsked);
  if (!delegation || !can(delegation, "create") || looks) return null;
  return (
    <Card title={t("settings.delegations")}>
      <p>{t("settings.delegations_text")}</p>
      <Button variant="default" leftSection={<UserRoundCheck size={15} />} onClick={() => setOpen(true)}>
        {t("settings.set_delegations")}
      </Button>
      {open && <DelegationDialog member={me.member} onClose={() => setOpen(false)} />}
    </Card>
  );
}
