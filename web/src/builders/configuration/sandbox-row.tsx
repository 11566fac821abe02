/** One sandbox: what it holds, how far it is, and what can be done with it. */
import { Button, Progress } from "@mantine/core";
import { useQueryClient } from "@tanstack/react-query";
import clsx from "clsx";
import { GitCompareArrows, RotateCw, SquareArrowOutUpRight, Trash2, X } from "lucide-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { Hue } from "@/api/types";
import { formatDateTime, formatNumber, formatRelative } from "@/lib/format";
import { Chip } from "@/ui/chip";
import { ConfirmDanger } from "@/ui/confirm-danger";
import { toastError, toastSuccess } from "@/ui/toast";
import classes from "./configuration.module.css";
import { isBeingMade, type Sandbox, sandboxVerb } from "./requests";

const HUES: Record<Sandbox["state"], Hue> = {
  waiting: "slate",
  copying: "blue",
  ready: "green",
  failed: "red",
  cancelled: "slate",
};

export function SandboxRow({ sandbox, onCompare }: { sandbox: Sandbox; onCompare: () => void }) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const [asking, setAsking] = useState(false);
  const [busy, setBusy] = useState(false);
  const { name, slug, state, done, total, error } = sandbox;
  const run = async (verb: "cancel" | "retry" | "delete") => {
    setBusy(true);
    try {
      await sandboxVerb(client, verb, sandbox);
      if (verb === "delete") toastSuccess(t("configuration.sandbox_deleted", { name }));
    } catch (refusal) {
      toastError(refusal);
    } finally {
      setBusy(false);
    }
  };
  const share = state === "copying" && total > 0 ? Math.min(100, (done / total) * 100) : 0;
  const again = state === "failed" || state === "cancelled";
  return (
    <li className={classes.sandbox} data-slug={slug}>
      <div className={clsx(classes.text, classes.wide)}>
        <div className={classes.head}>
          <span className={classes.name}>{name}</span>
          <Chip hue={HUES[state]} dot>
            {t(`configuration.state_${state}`)}
          </Chip>
          <Chip>{t(`configuration.data_${sandbox.data}`)}</Chip>
        </div>
        <span className={classes.quiet} title={formatDateTime(sandbox.created_at)}>
          {slug} · {formatRelative(sandbox.created_at)}
        </span>
        {isBeingMade(sandbox) && (
          <div className={classes.progress}>
            <Progress
              value={share}
              animated
              aria-label={t("configuration.copying_of", { name })}
              className={classes.bar}
            />
            <span className={classes.quiet}>
              {total > 0
                ? t("configuration.copied", { done: formatNumber(done), total: formatNumber(total) })
                : t("configuration.beginning")}
            </span>
          </div>
        )}
        {state === "failed" && (
          <p className={classes.obstacle}>{t("configuration.failed_text", { reason: error })}</p>
        )}
      </div>
      <div className={classes.verbs}>
        {state === "ready" && (
          <>
            <Button
              size="compact-sm"
              variant="default"
              leftSection={<GitCompareArrows size={14} />}
              onClick={onCompare}
            >
              {t("configuration.compare_promote")}
            </Button>
            <Button
              component="a"
              href={`/w/${slug}`}
              size="compact-sm"
              variant="default"
              leftSection={<SquareArrowOutUpRight size={14} />}
            >
              {t("configuration.open")}
            </Button>
          </>
        )}
        {isBeingMade(sandbox) && (
          <Button
            size="compact-sm"
            variant="default"
            loading={busy}
            leftSection={<X size={14} />}
            onClick={() => run("cancel")}
          >
            {t("ui.cancel")}
          </Button>
        )}
        {again && (
          <Button
            size="compact-sm"
            variant="default"
            loading={busy}
            leftSection={<RotateCw size={14} />}
            onClick={() => run("retry")}
          >
            {t("ui.retry")}
          </Button>
        )}
        {!isBeingMade(sandbox) && (
          <Button
            size="compact-sm"
            variant="subtle"
            color="red"
            leftSection={<Trash2 size={14} />}
            onClick={() => setAsking(true)}
          >
            {t("ui.delete")}
          </Button>
        )}
      </div>
      <ConfirmDanger
        opened={asking}
        title={t("configuration.delete_sandbox", { name })}
        confirmLabel={t("ui.delete")}
        onConfirm={() => run("delete")}
        onClose={() => setAsking(false)}
      >
        {t("configuration.delete_sandbox_text")}
      </ConfirmDanger>
    </li>
  );
}
