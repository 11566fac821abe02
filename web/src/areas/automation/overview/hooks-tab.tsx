/** Addresses that other systems call to start flows: made and renewed here, told once. */
import { Alert, Button, CopyButton, Modal, Stack, TextInput } from "@mantine/core";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { Copy, RefreshCw } from "lucide-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { FlowHook } from "@/api/types";
import { formatDateTime } from "@/lib/format";
import { useSystemRight } from "@/lib/rights";
import { currentWorkspace } from "@/lib/workspace";
import { Chip } from "@/ui/chip";
import { ConfirmDanger } from "@/ui/confirm-danger";
import { EmptyState, ErrorState, RowsSkeleton } from "@/ui/states";
import { toastError } from "@/ui/toast";
import classes from "../automation.module.css";
import own from "./overview.module.css";
import { hooksKey, hooksQuery, renewHook } from "./requests";

export function HooksTab() {
  const { t } = useTranslation();
  const client = useQueryClient();
  const may = useSystemRight("automation");
  const hooks = useQuery(hooksQuery());
  const [renewing, setRenewing] = useState<FlowHook | null>(null);
  const [address, setAddress] = useState<string | null>(null);
  const renew = useMutation({
    mutationFn: ({ flow, trigger }: FlowHook) => renewHook(flow.id, trigger),
    onSuccess: ({ result }) => {
      setAddress(`${window.location.origin}${result.path}`);
      return client.invalidateQueries({ queryKey: hooksKey() });
    },
    onError: toastError,
  });
  if (hooks.isError) return <ErrorState error={hooks.error} onRetry={() => hooks.refetch()} />;
  if (hooks.isPending) return <RowsSkeleton rows={4} height={48} />;
  if (hooks.data.length === 0)
    return <EmptyState title={t("automation.no_hooks")}>{t("automation.no_hooks_text")}</EmptyState>;
  return (
    <>
      <div className={classes.frame}>
        <table className={classes.table}>
          <thead>
            <tr>
              <th>{t("automation.flow")}</th>
              <th>{t("automation.address")}</th>
              <th aria-label={t("automation.actions")} />
            </tr>
          </thead>
          <tbody>
            {hooks.data.map((one) => (
              <tr key={`${one.flow.id} ${one.trigger}`}>
                <td>
                  <Link
                    className={classes.name}
                    to="/w/$ws/settings/automation/$id"
                    params={{ ws: currentWorkspace(), id: one.flow.id }}
                  >
                    {one.flow.title ?? "—"}
                  </Link>
                  {!one.is_on && (
                    <div>
                      <Chip hue="amber">{t("automation.hook_off")}</Chip>
                    </div>
                  )}
                </td>
                <td>
                  {one.made_at
                    ? t("automation.hook_made", {
                        time: formatDateTime(one.made_at),
                        name: one.made_by?.title ?? t("automation.system"),
                      })
                    : t("automation.hook_missing")}
                </td>
                <td className={own.end}>
                  {may && one.is_on && (
                    <Button
                      variant="default"
                      size="xs"
                      leftSection={<RefreshCw size={13} />}
                      loading={renew.isPending && renew.variables === one}
                      onClick={() => (one.made_at ? setRenewing(one) : renew.mutate(one))}
                    >
                      {t(one.made_at ? "automation.renew_hook" : "automation.make_hook")}
                    </Button>
                  )}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <ConfirmDanger
        opened={renewing !== null}
        title={t("automation.renew_hook_title")}
        confirmLabel={t("automation.renew_hook")}
        onConfirm={async () => {
          if (renewing) await renew.mutateAsync(renewing);
        }}
        onClose={() => setRenewing(null)}
      >
        {t("automation.renew_hook_text")}
      </ConfirmDanger>
      {address && (
        <Modal opened onClose={() => setAddress(null)} title={t("automation.address")}>
          <Stack gap="md">
            <Alert color="yellow" variant="light">
              {t("automation.address_once")}
            </Alert>
            <TextInput readOnly aria-label={t("automation.address")} value={address} />
            <CopyButton value={address}>
              {({ copied, copy }) => (
                <Button leftSection={<Copy size={15} />} onClick={copy}>
                  {t(copied ? "automation.copied" : "automation.copy_address")}
                </Button>
              )}
            </CopyButton>
          </Stack>
        </Modal>
      )}
    </>
  );
}
