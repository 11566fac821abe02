/** Under a list of which some rows could not be loaded: why, and the button that tries again. */
import { Button } from "@mantine/core";
import { CircleAlert } from "lucide-react";
import { useTranslation } from "react-i18next";
import { errorMessage } from "@/lib/error-message";
import classes from "./list.module.css";

export function RetryLine({ error, onRetry }: { error: unknown; onRetry(): void }) {
  const { t } = useTranslation();
  return (
    <div role="alert" className={classes.retry}>
      <CircleAlert size={16} strokeWidth={1.75} aria-hidden />
      <span className={classes.retryText}>
        {t("list.some_missing")} {errorMessage(error)}
      </span>
      <Button variant="default" size="compact-sm" onClick={onRetry}>
        {t("ui.retry")}
      </Button>
    </div>
  );
}
