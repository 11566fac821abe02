/** A button that runs an action on the record; asks before when the field says so. */
import { Button, Popover } from "@mantine/core";
import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { errorMessage } from "@/lib/error-message";
import { label } from "@/lib/label";
import { recordKeys, runAction } from "@/lib/records";
import { useOnlyLooks } from "@/lib/rights";
import { toastError, toastSuccess } from "@/ui/toast";
import classes from "../field-kinds.module.css";
import type { DisplayProps } from "../types";
import { paramsFor } from "./params";

export default function ButtonDisplay({ field, record }: DisplayProps) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const [busy, setBusy] = useState(false);
  const [asking, setAsking] = useState(false);
  const looks = useOnlyLooks();
  const name = label(field.label);
  const action = String(field.settings.action ?? "");
  if (!record || !action) return null;
  const run = async () => {
    setAsking(false);
    setBusy(true);
    try {
      await runAction(
        action.replace(".", "/").replaceAll("_", "-"),
        paramsFor(field.settings.params, record.id),
      );
      toastSuccess(t("field-kinds.action_done", { name }));
      await client.invalidateQueries({ queryKey: recordKeys.all() });
    } catch (error) {
      toastError(errorMessage(error));
    } finally {
      setBusy(false);
    }
  };
  const press = () => (field.settings.confirm ? setAsking(true) : void run());
  return (
    <Popover opened={asking} onChange={setAsking} position="bottom-start" withinPortal shadow="md" trapFocus>
      <Popover.Target>
        <Button
          className={classes.above}
          size="compact-sm"
          variant="default"
          loading={busy}
          disabled={looks}
          onClick={press}
        >
          {name}
        </Button>
      </Popover.Target>
      <Popover.Dropdown>
        <div className={classes.stack}>
          <span>{t("field-kinds.action_sure", { name })}</span>
          <Button size="compact-sm" onClick={() => void run()}>
            {t("field-kinds.action_run")}
          </Button>
        </div>
      </Popover.Dropdown>
    </Popover>
  );
}
