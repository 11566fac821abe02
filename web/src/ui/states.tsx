/** What a screen shows instead of data: nothing here, an error with a way on, or bones while loading. */
import { Button, Skeleton } from "@mantine/core";
import { CircleAlert, Inbox, Lock, SearchX } from "lucide-react";
import { type ReactNode, useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import { ApiError } from "@/lib/api";
import { errorMessage } from "@/lib/error-message";
import classes from "./states.module.css";

const PICTURES = { empty: Inbox, search: SearchX, forbidden: Lock, error: CircleAlert };

/** One state: a picture, what is the case, what to do. `action` holds the buttons. */
export function EmptyState({
  kind = "empty",
  title,
  children,
  action,
  compact,
}: {
  kind?: keyof typeof PICTURES;
  title: ReactNode;
  children?: ReactNode;
  action?: ReactNode;
  compact?: boolean;
}) {
  const Picture = PICTURES[kind];
  return (
    <div className={classes.state} data-compact={compact || undefined}>
      <span className={classes.picture}>
        <Picture size={compact ? 18 : 24} strokeWidth={1.5} aria-hidden />
      </span>
      <h2 className={classes.title}>{title}</h2>
      {children && <p className={classes.text}>{children}</p>}
      {action && <div className={classes.action}>{action}</div>}
    </div>
  );
}

/** An error with the sentence of the server and "重试"; a refusal (403, 404) says so and offers no retry. */
export function ErrorState({
  error,
  onRetry,
  compact,
}: {
  error: unknown;
  onRetry?: () => void;
  compact?: boolean;
}) {
  const { t } = useTranslation();
  const status = error instanceof ApiError ? error.status : null;
  const final = status === 403 || status === 404;
  return (
    <div role="alert">
      <EmptyState
        compact={compact}
        kind={status === 403 ? "forbidden" : status === 404 ? "search" : "error"}
        title={t(status === 403 ? "ui.forbidden" : status === 404 ? "ui.not_found" : "ui.failed")}
        action={
          onRetry &&
          !final && (
            <Button variant="default" onClick={onRetry}>
              {t("ui.retry")}
            </Button>
          )
        }
      >
        {errorMessage(error)}
      </EmptyState>
    </div>
  );
}

/** Grey bars in place of rows, after 150 ms so that fast answers do not flicker. */
export function RowsSkeleton({ rows = 8, height = 36 }: { rows?: number; height?: number }) {
  const shown = useLater();
  return (
    <div aria-busy className={classes.bones}>
      {shown &&
        Array.from({ length: rows }, (_, row) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: bars have no identity
          <Skeleton key={row} height={height - 16} my={8} width={`${92 - ((row * 17) % 40)}%`} radius="sm" />
        ))}
    </div>
  );
}

/** A page while it loads. */
export function PageSkeleton() {
  return (
    <div className={classes.page}>
      <RowsSkeleton rows={6} height={48} />
    </div>
  );
}

function useLater(): boolean {
  const [shown, setShown] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setShown(true), 150);
    return () => clearTimeout(timer);
  }, []);
  return shown;
}
