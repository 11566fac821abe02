/** Passkeys: what they are, those there are, one more. */
import { Anchor, Button } from "@mantine/core";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { KeyRound } from "lucide-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { formatDateTime } from "@/lib/format";
import { sessionQuery } from "@/lib/me";
import { canUsePasskeys } from "@/lib/passkeys";
import { addPasskey, removePasskey, renamePasskey, type SecondFactor } from "@/lib/second-factor";
import { deviceName } from "@/lib/user-agent";
import { Card } from "@/ui/card";
import { ConfirmDanger } from "@/ui/confirm-danger";
import { toastError, toastSuccess } from "@/ui/toast";
import { isLast, moment } from "./factors";
import { PasskeyNameDialog } from "./passkey-name";
import classes from "./security.module.css";
import type { FactorsProps } from "./two-step-card";

export function PasskeysCard({ factors, required, proved }: FactorsProps) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const home = useQuery(sessionQuery()).data?.home;
  const [adding, setAdding] = useState(false);
  const [renaming, setRenaming] = useState<SecondFactor | null>(null);
  const [removing, setRemoving] = useState<SecondFactor | null>(null);
  const passkeys = factors.filter(({ type }) => type === "webauthn");
  const refresh = () =>
    Promise.all([
      client.invalidateQueries({ queryKey: ["second-factors"] }),
      client.invalidateQueries({ queryKey: ["known-devices"] }),
    ]);
  const add = async (name: string) => {
    await proved(() => addPasskey(name));
    toastSuccess(t("security.passkey_added"));
    await refresh();
  };
  const rename = async (name: string) => {
    const id = renaming?.id;
    if (id !== undefined) await proved(() => renamePasskey(id, name));
    await refresh();
  };
  const remove = async () => {
    const id = removing?.id;
    try {
      if (id !== undefined) await proved(() => removePasskey(id));
      await refresh();
    } catch (error) {
      toastError(error);
    }
  };

  return (
    <Card title={t("security.passkeys")} text={t("security.passkeys_text")}>
      {passkeys.length > 0 && (
        <ul className={classes.list}>
          {passkeys.map((one) => (
            <li key={one.id} className={classes.row}>
              <KeyRound size={20} strokeWidth={1.5} className={classes.icon} aria-hidden />
              <div className={classes.words}>
                <span className={classes.name}>{one.name}</span>
                <span className={classes.detail}>
                  {one.last_used_at
                    ? t("security.last_used", { when: formatDateTime(moment(one.last_used_at)) })
                    : t("security.added_at", { when: formatDateTime(moment(one.created_at)) })}
                </span>
              </div>
              <div className={classes.buttons}>
                <Button size="compact-sm" variant="subtle" onClick={() => setRenaming(one)}>
                  {t("security.rename")}
                </Button>
                <Button
                  size="compact-sm"
                  variant="subtle"
                  color="red"
                  disabled={required && isLast(factors, one)}
                  title={required && isLast(factors, one) ? t("security.last_stays") : undefined}
                  onClick={() => setRemoving(one)}
                >
                  {t("security.remove")}
                </Button>
              </div>
            </li>
          ))}
        </ul>
      )}
      {canUsePasskeys() ? (
        <Button
          className={passkeys.length > 0 ? classes.foot : undefined}
          variant="default"
          onClick={() => setAdding(true)}
        >
          {t("security.passkey_add")}
        </Button>
      ) : (
        <p className={classes.detail}>
          {t("security.passkeys_not_here")} {home && <Anchor href={home}>{home}</Anchor>}
        </p>
      )}
      {adding && (
        <PasskeyNameDialog
          title={t("security.passkey_add")}
          text={t("security.passkey_add_text")}
          initial={deviceName(navigator.userAgent)}
          confirmLabel={t("security.passkey_go")}
          onConfirm={add}
          onClose={() => setAdding(false)}
        />
      )}
      {renaming && (
        <PasskeyNameDialog
          title={t("security.rename")}
          initial={renaming.name ?? ""}
          confirmLabel={t("security.save")}
          onConfirm={rename}
          onClose={() => setRenaming(null)}
        />
      )}
      <ConfirmDanger
        opened={removing !== null}
        title={t("security.passkey_remove_title", { name: removing?.name })}
        confirmLabel={t("security.remove")}
        onConfirm={remove}
        onClose={() => setRemoving(null)}
      >
        {t("security.passkey_remove_text")}
      </ConfirmDanger>
    </Card>
  );
}
