/** The app on the telephone and the recovery codes. */
import { Button, Modal } from "@mantine/core";
import { useQueryClient } from "@tanstack/react-query";
import { LifeBuoy, Smartphone } from "lucide-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { formatDateTime } from "@/lib/format";
import {
  makeRecoveryCodes,
  newAppSecret,
  removeApp,
  type SecondFactor,
  tellRecoveryCodes,
} from "@/lib/second-factor";
import { Card } from "@/ui/card";
import { Chip } from "@/ui/chip";
import { ConfirmDanger } from "@/ui/confirm-danger";
import { toastError, toastSuccess } from "@/ui/toast";
import { AppSetUp } from "./app-set-up";
import { isLast, moment } from "./factors";
import { RecoveryCodes } from "./recovery-codes";
import classes from "./security.module.css";

export interface FactorsProps {
  factors: SecondFactor[];
  /** Whether a role asks for a second factor. */
  required: boolean;
  proved<T>(run: () => Promise<T>): Promise<T>;
}

export function TwoStepCard({ factors, required, proved }: FactorsProps) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const [open, setOpen] = useState<"remove" | "renew" | null>(null);
  const [fresh, setFresh] = useState<Awaited<ReturnType<typeof newAppSecret>> | null>(null);
  const [codes, setCodes] = useState<string[]>([]);
  const app = factors.find(({ type }) => type === "totp");
  const recovery = factors.find(({ type }) => type === "recovery_codes");
  const on = factors.some(({ type }) => type !== "recovery_codes");
  const refresh = () =>
    Promise.all([
      client.invalidateQueries({ queryKey: ["second-factors"] }),
      client.invalidateQueries({ queryKey: ["known-devices"] }),
      client.invalidateQueries({ queryKey: ["session"] }),
    ]);
  const done = async () => {
    setFresh(null);
    try {
      setCodes(await proved(tellRecoveryCodes));
    } catch (error) {
      toastError(error);
    }
    toastSuccess(t("security.app_on"));
    await refresh();
  };
  const begin = async () => {
    try {
      setFresh(await proved(newAppSecret));
    } catch (error) {
      toastError(error);
    }
  };
  const change = async (run: () => Promise<unknown>) => {
    try {
      await proved(run);
      await refresh();
    } catch (error) {
      toastError(error);
    }
  };

  return (
    <Card
      title={t("security.two_step")}
      text={t(required ? "security.two_step_required" : "security.two_step_text")}
    >
      <ul className={classes.list}>
        <li className={classes.row}>
          <Smartphone size={20} strokeWidth={1.5} className={classes.icon} aria-hidden />
          <div className={classes.words}>
            <span className={classes.name}>
              {t("security.app")}
              <Chip hue={app ? "green" : "slate"}>{t(app ? "security.on" : "security.off")}</Chip>
            </span>
            <span className={classes.detail}>
              {app?.last_used_at
                ? t("security.last_used", { when: formatDateTime(moment(app.last_used_at)) })
                : t("security.app_text")}
            </span>
          </div>
          <div className={classes.buttons}>
            {app ? (
              <Button
                size="compact-sm"
                variant="subtle"
                color="red"
                disabled={required && isLast(factors, app)}
                title={required && isLast(factors, app) ? t("security.last_stays") : undefined}
                onClick={() => setOpen("remove")}
              >
                {t("security.remove")}
              </Button>
            ) : (
              <Button size="compact-sm" onClick={begin}>
                {t("security.set_up")}
              </Button>
            )}
          </div>
        </li>
        {on && (
          <li className={classes.row}>
            <LifeBuoy size={20} strokeWidth={1.5} className={classes.icon} aria-hidden />
            <div className={classes.words}>
              <span className={classes.name}>{t("security.codes")}</span>
              <span className={classes.detail}>
                {t("security.codes_left", {
                  left: recovery?.unused_code_count ?? 0,
                  all: recovery?.total_code_count ?? 0,
                })}
              </span>
            </div>
            <div className={classes.buttons}>
              <Button size="compact-sm" variant="subtle" onClick={() => setOpen("renew")}>
                {t("security.codes_renew")}
              </Button>
            </div>
          </li>
        )}
      </ul>
      <Modal
        opened={fresh !== null}
        onClose={() => setFresh(null)}
        title={t("security.app_title")}
        size={420}
      >
        {fresh && <AppSetUp fresh={fresh} proved={proved} onDone={done} onCancel={() => setFresh(null)} />}
      </Modal>
      <Modal
        opened={codes.length > 0}
        onClose={() => setCodes([])}
        title={t("security.codes")}
        size={440}
        closeOnClickOutside={false}
      >
        <RecoveryCodes codes={codes} doneLabel={t("security.codes_kept")} onDone={() => setCodes([])} />
      </Modal>
      <ConfirmDanger
        opened={open === "remove"}
        title={t("security.app_remove_title")}
        confirmLabel={t("security.remove")}
        onConfirm={() => change(removeApp)}
        onClose={() => setOpen(null)}
      >
        {t("security.app_remove_text")}
      </ConfirmDanger>
      <ConfirmDanger
        opened={open === "renew"}
        title={t("security.codes_renew_title")}
        confirmLabel={t("security.codes_renew")}
        onConfirm={() => change(async () => setCodes(await makeRecoveryCodes()))}
        onClose={() => setOpen(null)}
      >
        {t("security.codes_renew_text")}
      </ConfirmDanger>
    </Card>
  );
}
