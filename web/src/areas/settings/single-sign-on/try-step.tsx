/** The last step: try the provider and see what it says, switch it on, or take it away. */
import { Alert, Button, Switch } from "@mantine/core";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { ProviderState } from "@/api/types";
import { useSubmit } from "@/lib/use-submit";
import { Card } from "@/ui/card";
import { ConfirmDanger } from "@/ui/confirm-danger";
import { FormProblem } from "@/ui/form-problem";
import { toastError, toastSuccess } from "@/ui/toast";
import { removeProvider, saveProvider, settingsChanged, triedQuery, tryProvider } from "./requests";
import classes from "./single-sign-on.module.css";
import { TriedResult } from "./tried-result";
import { type Protocol, paramsOf, valuesOf } from "./values";

export function TryStep({
  provider,
  protocol,
  unsaved,
  onSave,
  onGone,
}: {
  provider: ProviderState;
  protocol: Protocol;
  /** Whether the form holds changes that the provider does not have yet. */
  unsaved: boolean;
  onSave: () => void;
  onGone: () => void;
}) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const tried = useQuery(triedQuery());
  const trial = useSubmit();
  const [removing, setRemoving] = useState(false);
  // Shown while the server still works on it.
  const [turned, setTurned] = useState<boolean | null>(null);
  const mine = tried.data?.provider === provider.id ? tried.data : null;
  const turn = async (is_active: boolean) => {
    setTurned(is_active);
    try {
      await saveProvider({ ...paramsOf(valuesOf(provider)), provider: provider.id, protocol, is_active });
      toastSuccess(t(is_active ? "single-sign-on.now_on" : "single-sign-on.now_off"));
    } catch (error) {
      toastError(error);
    }
    await settingsChanged(client);
    setTurned(null);
  };
  const remove = async () => {
    try {
      await removeProvider(provider.id);
    } catch (error) {
      toastError(error);
      return;
    }
    await settingsChanged(client);
    toastSuccess(t("single-sign-on.removed", { name: provider.name }));
    onGone();
  };
  return (
    <>
      {unsaved && (
        <Alert color="yellow" variant="light" mb="md" p="sm">
          {t("single-sign-on.unsaved")}{" "}
          <Button size="compact-xs" variant="default" ml={8} onClick={onSave}>
            {t("single-sign-on.save")}
          </Button>
        </Alert>
      )}
      <Card title={t("single-sign-on.try_title")} text={t("single-sign-on.try_text")}>
        <FormProblem text={trial.problem} />
        {mine && <TriedResult tried={mine} provider={provider} />}
        <Button
          mt={mine || trial.problem ? "md" : 0}
          variant={mine ? "default" : "filled"}
          loading={trial.busy}
          onClick={() => trial.submit(() => tryProvider(provider.id))}
        >
          {t(mine ? "single-sign-on.try_again" : "single-sign-on.try")}
        </Button>
      </Card>
      <Card title={t("single-sign-on.active_title")} text={t("single-sign-on.active_text")}>
        <Switch
          label={t("single-sign-on.active")}
          checked={turned ?? provider.is_active}
          onChange={(event) => turn(event.currentTarget.checked)}
        />
        {!provider.is_active && mine === null && (
          <p className={classes.hint}>{t("single-sign-on.try_first")}</p>
        )}
      </Card>
      <Card title={t("single-sign-on.remove_title")} text={t("single-sign-on.remove_text")}>
        <Button variant="light" color="red" onClick={() => setRemoving(true)}>
          {t("single-sign-on.remove")}
        </Button>
      </Card>
      <ConfirmDanger
        opened={removing}
        title={t("single-sign-on.remove_ask", { name: provider.name })}
        confirmLabel={t("single-sign-on.remove")}
        onConfirm={remove}
        onClose={() => setRemoving(false)}
      >
        {t("single-sign-on.remove_ask_text", { count: provider.people })}
      </ConfirmDanger>
    </>
  );
}
