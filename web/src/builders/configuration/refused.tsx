/** A configuration that cannot be taken: the sentence, and every file with what is wrong in it. */
import { Alert, Button } from "@mantine/core";
import { CircleAlert } from "lucide-react";
import { useTranslation } from "react-i18next";
import { ApiError } from "@/lib/api";
import { errorMessage } from "@/lib/error-message";
import classes from "./configuration.module.css";

const SHOWN = 100;

export function Refused({ error, onRetry }: { error: unknown; onRetry?: () => void }) {
  const { t } = useTranslation();
  const fields = error instanceof ApiError ? error.fields : [];
  return (
    <Alert
      color="red"
      variant="light"
      role="alert"
      icon={<CircleAlert size={16} />}
      title={t("configuration.refused")}
    >
      <p className={classes.sentence}>
        {fields.length > 0 && error instanceof ApiError ? error.message : errorMessage(error)}
      </p>
      {fields.length > 0 && (
        <ul className={classes.problems}>
          {fields.slice(0, SHOWN).map(({ field, message }) => (
            <li key={field + message}>
              <code className={classes.path}>{field}</code>
              <span>{message}</span>
            </li>
          ))}
          {fields.length > SHOWN && <li>{t("configuration.more", { count: fields.length - SHOWN })}</li>}
        </ul>
      )}
      {onRetry && (
        <Button size="compact-sm" variant="default" mt="xs" onClick={onRetry}>
          {t("configuration.compare_again")}
        </Button>
      )}
    </Alert>
  );
}
