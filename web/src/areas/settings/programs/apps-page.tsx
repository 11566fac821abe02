/** OAuth apps of the workspace, for those in charge of security: registered, changed, given a new secret, removed. */
import { Button } from "@mantine/core";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { Plus } from "lucide-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { AppState, MadeApp } from "@/api/types";
import { usePageTitle } from "@/lib/use-page-title";
import { Card } from "@/ui/card";
import { ConfirmDanger } from "@/ui/confirm-danger";
import { Page, PageHeader } from "@/ui/page";
import { EmptyState, ErrorState, RowsSkeleton } from "@/ui/states";
import { toastError, toastSuccess } from "@/ui/toast";

import { AppForm } from "./app-form";
import { AppGrants } from "./app-grants";
import { AppRow, type AppTask } from "./app-row";
import own from "./apps.module.css";
import { Copied } from "./copied";
import classes from "./programs.module.css";
import { appsQuery, newAppSecret, programsKey, removeApp } from "./requests";
import { endpointsOf } from "./scopes";
import { SecretDialog } from "./secret-dialog";

export function AppsPage() {
  const { t } = useTranslation();
  const client = useQueryClient();
  const apps = useQuery(appsQuery());
  const [adding, setAdding] = useState(false);
  const [task, setTask] = useState<{ kind: AppTask; app: AppState } | null>(null);
  const [told, setTold] = useState<MadeApp | null>(null);
  usePageTitle(t("programs.apps"));

  const at = (kind: AppTask) => (task?.kind === kind ? task.app : null);
  const again = () => client.invalidateQueries({ queryKey: programsKey() });
  const close = () => setTask(null);
  const saved = (made: MadeApp) => {
    if (made.secret || adding) setTold(made);
    else toastSuccess(t("programs.app_saved", { name: made.app.name }));
    setAdding(false);
    close();
    void again();
  };
  const run = async (change: () => Promise<unknown>) => {
    try {
      await change();
      await again();
    } catch (error) {
      toastError(error);
    }
  };
  const begin = apps.data && (
    <Button leftSection={<Plus size={16} />} onClick={() => setAdding(true)}>
      {t("programs.new_app")}
    </Button>
  );
  const editing = at("edit");

  return (
    <Page width={960} header={<PageHeader title={t("programs.apps")} actions={begin} />}>
      <p className={classes.remark}>{t("programs.apps_about")}</p>
      {apps.isError ? (
        <ErrorState error={apps.error} onRetry={() => apps.refetch()} />
      ) : apps.isPending ? (
        <RowsSkeleton rows={4} height={72} />
      ) : (
        <>
          {apps.data.apps.length === 0 ? (
            <EmptyState title={t("programs.no_apps")}>{t("programs.no_apps_text")}</EmptyState>
          ) : (
            <ul className={own.list}>
              {apps.data.apps.map((app) => (
                <AppRow key={app.id} app={app} onTask={(kind) => setTask({ kind, app })} />
              ))}
            </ul>
          )}
          <Endpoints issuer={apps.data.issuer} />
        </>
      )}
      {(adding || editing) && (
        <AppForm
          app={editing}
          onSaved={saved}
          onClose={() => {
            setAdding(false);
            close();
          }}
        />
      )}
      {told && (
        <SecretDialog
          title={t("programs.app_made", { name: told.app.name })}
          once={told.secret !== undefined}
          values={[
            { name: t("programs.client_id"), value: told.app.client_id },
            ...(told.secret ? [{ name: t("programs.client_secret"), value: told.secret }] : []),
          ]}
          onClose={() => setTold(null)}
        />
      )}
      {task?.kind === "grants" && <AppGrants app={task.app} onClose={close} />}
      <ConfirmDanger
        opened={task?.kind === "secret"}
        title={t("programs.new_secret_title", { name: task?.app.name })}
        confirmLabel={t("programs.new_secret")}
        onConfirm={() =>
          run(async () => {
            if (task) setTold(await newAppSecret(task.app.id));
          })
        }
        onClose={close}
      >
        {t("programs.new_secret_text")}
      </ConfirmDanger>
      <ConfirmDanger
        opened={task?.kind === "remove"}
        title={t("programs.remove_app_title", { name: task?.app.name })}
        confirmLabel={t("programs.remove")}
        onConfirm={() =>
          run(async () => {
            if (!task) return;
            await removeApp(task.app.id);
            toastSuccess(t("programs.app_removed", { name: task.app.name }));
          })
        }
        onClose={close}
      >
        {t("programs.remove_app_text", { count: task?.app.members ?? 0 })}
      </ConfirmDanger>
    </Page>
  );
}

/** What the makers of an app need to know of this installation. */
function Endpoints({ issuer }: { issuer: string }) {
  const { t } = useTranslation();
  return (
    <div className={own.endpointsCard}>
      <Card title={t("programs.endpoints")} text={t("programs.endpoints_text")}>
        <dl className={own.endpoints}>
          {Object.entries(endpointsOf(issuer)).map(([name, address]) => (
            <div key={name} className={own.endpoint}>
              <dt>{t(`programs.endpoint_${name}`)}</dt>
              <dd>
                <Copied name={t(`programs.endpoint_${name}`)} value={address} />
              </dd>
            </div>
          ))}
        </dl>
      </Card>
    </div>
  );
}
