/** The buttons below a step: back, on, keep; with a word on what is still missing. */
import { Button } from "@mantine/core";
import { useTranslation } from "react-i18next";
import classes from "./single-sign-on.module.css";

export function StepFoot({
  why,
  busy,
  onBack,
  onNext,
  onSave,
}: {
  /** What is still missing, in words. */
  why: string | null;
  busy: boolean;
  onBack?: () => void;
  onNext: (() => void) | null;
  onSave: (() => void) | null;
}) {
  const { t } = useTranslation();
  return (
    <div className={classes.foot}>
      {why && (
        <span className={classes.why} id="single-sign-on-missing">
          {why}
        </span>
      )}
      {onBack && (
        <Button variant="default" onClick={onBack}>
          {t("single-sign-on.back")}
        </Button>
      )}
      {onSave && (
        <Button
          variant={onNext ? "default" : "filled"}
          loading={busy}
          disabled={why !== null}
          aria-describedby={why ? "single-sign-on-missing" : undefined}
          onClick={onSave}
        >
          {t("single-sign-on.save")}
        </Button>
      )}
      {onNext && (
        <Button
          loading={busy}
          disabled={why !== null}
          aria-describedby={why ? "single-sign-on-missing" : undefined}
          onClick={onNext}
        >
          {t("single-sign-on.next")}
        </Button>
      )}
    </div>
  );
}
