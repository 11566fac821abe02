/** From when on somebody is told that a flow fails often. */
import { Button, NumberInput } from "@mantine/core";
import { useQueryClient } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import { useSystemRight } from "@/lib/rights";
import { useSubmit } from "@/lib/use-submit";
import { FormProblem } from "@/ui/form-problem";
import { toastSuccess } from "@/ui/toast";
import classes from "../automation.module.css";
import own from "./overview.module.css";
import { setLimits, statusKey } from "./requests";

export function LimitsForm({ percent, least }: { percent: number; least: number }) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const may = useSystemRight("automation");
  const [share, setShare] = useState<number>(percent);
  const [count, setCount] = useState<number>(least);
  const { busy, problem, fields, submit } = useSubmit();
  const save = async (event: FormEvent) => {
    event.preventDefault();
    if (!(await submit(() => setLimits(share, count)))) return;
    toastSuccess(t("automation.limits_saved"));
    await client.invalidateQueries({ queryKey: statusKey() });
  };
  return (
    <form onSubmit={save}>
      <h2 className={classes.heading}>{t("automation.limits")}</h2>
      <p className={classes.quiet}>{t("automation.limits_text")}</p>
      <FormProblem text={problem} />
      <div className={own.limits}>
        <NumberInput
          label={t("automation.failure_percent")}
          min={1}
          max={100}
          suffix=" %"
          allowDecimal={false}
          disabled={!may}
          value={share}
          error={fields.failure_percent}
          onChange={(value) => typeof value === "number" && setShare(value)}
        />
        <NumberInput
          label={t("automation.failure_least")}
          min={1}
          allowDecimal={false}
          disabled={!may}
          value={count}
          error={fields.failure_least}
          onChange={(value) => typeof value === "number" && setCount(value)}
        />
        {may && (
          <Button
            type="submit"
            variant="default"
            loading={busy}
            disabled={share === percent && count === least}
          >
            {t("ui.save")}
          </Button>
        )}
      </div>
    </form>
  );
}
