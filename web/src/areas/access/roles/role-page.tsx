/** One role: its rights by object and field, over the workspace, at sign-in, and who holds it. Saved after a look. */
import { Alert, Button, Tabs, TextInput } from "@mantine/core";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { getRouteApi, Link, useNavigate } from "@tanstack/react-router";
import { ChevronRight, Columns2, Lock } from "lucide-react";
import { useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { updateRecord } from "@/lib/records";
import { useSystemRight } from "@/lib/rights";
import { usePageTitle } from "@/lib/use-page-title";
import { currentWorkspace } from "@/lib/workspace";
import { useUnsavedGuard } from "@/records/page/use-unsaved-guard";
import { Chip } from "@/ui/chip";
import { Page, PageHeader } from "@/ui/page";
import { ErrorState, RowsSkeleton } from "@/ui/states";
import { toastSuccess } from "@/ui/toast";
import { FieldRights } from "./field-rights";
import { Holders } from "./holders";
import { Matrix } from "./matrix";
import { areSame } from "./permissions";
import { ADMINISTRATOR, type Role, rightsChanged, roleQuery } from "./requests";
import { ReviewDialog } from "./review-dialog";
import classes from "./role-page.module.css";
import shared from "./roles.module.css";
import { SignInRulesForm } from "./sign-in-rules";
import { SystemRights } from "./system-rights";

const route = getRouteApi("/w/$ws/settings/roles/$id");
const TABS = ["records", "fields", "system", "sign-in", "members"] as const;

export function RolePage() {
  const { t } = useTranslation();
  const { id } = route.useParams();
  const role = useQuery(roleQuery(id));
  const [opened, setOpened] = useState(0);
  usePageTitle(role.data?.name ?? t("roles.title"));
  if (role.isError) return <ErrorState error={role.error} onRetry={() => role.refetch()} />;
  if (!role.data) return <RowsSkeleton rows={10} height={44} />;
  // What was saved is read anew; while somebody changes a role, what others do to it stays away.
  return <Editor key={`${id}-${opened}`} role={role.data} onSaved={() => setOpened(opened + 1)} />;
}

function Editor({ role, onSaved }: { role: Role; onSaved(): void }) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const navigate = useNavigate();
  const { tab, object } = route.useSearch();
  const manages = useSystemRight("roles");
  const [seen] = useState(role);
  const [name, setName] = useState(seen.name);
  const [permissions, setPermissions] = useState(seen.permissions);
  const [baseline, setBaseline] = useState(seen.baseline);
  const [reviewing, setReviewing] = useState(false);
  const fixed = seen.key === ADMINISTRATOR;
  const readOnly = !manages || fixed;
  const changed = {
    ...(name.trim() !== seen.name ? { name: name.trim() } : {}),
    ...(areSame(permissions, seen.permissions) ? {} : { permissions }),
    ...(baseline === seen.baseline ? {} : { baseline }),
  };
  const dirty = Object.keys(changed).length > 0;
  useUnsavedGuard(dirty);
  const ws = currentWorkspace();
  const current = TABS.find((one) => one === tab) ?? TABS[0];
  const list = useRef<HTMLDivElement>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: on phones the chosen tab may lie beyond the edge.
  useEffect(() => {
    list.current?.querySelector("[data-active]")?.scrollIntoView({ inline: "center", block: "nearest" });
  }, [current]);
  const go = (next: string, of?: string) =>
    navigate({
      to: "/w/$ws/settings/roles/$id",
      params: { ws, id: role.id },
      search: { tab: next, object: of },
      replace: true,
    });
  const reset = () => {
    setName(seen.name);
    setPermissions(seen.permissions);
    setBaseline(seen.baseline);
  };
  return (
    <Page
      header={
        <PageHeader
          trail={
            <>
              <Link className={shared.link} to="/w/$ws/settings/roles" params={{ ws }}>
                {t("roles.title")}
              </Link>
              <ChevronRight size={14} aria-hidden />
            </>
          }
          title={seen.name}
          meta={seen.baseline && <Chip hue="blue">{t("roles.baseline")}</Chip>}
          actions={
            <Button
              component="a"
              href={`/w/${ws}/settings/roles/compare?one=${role.id}`}
              variant="default"
              leftSection={<Columns2 size={15} />}
              onClick={(event) => {
                event.preventDefault();
                navigate({ to: "/w/$ws/settings/roles/compare", params: { ws }, search: { one: role.id } });
              }}
            >
              {t("roles.compare")}
            </Button>
          }
        />
      }
    >
      {fixed && (
        <Alert variant="light" mb="sm" icon={<Lock size={16} />}>
          {t("roles.fixed")}
        </Alert>
      )}
      <Tabs value={current} keepMounted={false} onChange={(next) => next && go(next)}>
        <Tabs.List ref={list} className={classes.tabs}>
          {TABS.map((one) => (
            <Tabs.Tab key={one} value={one}>
              {t(`roles.tab_${one}`)}
            </Tabs.Tab>
          ))}
        </Tabs.List>
        <div className={classes.tab}>
          <Tabs.Panel value="records">
            {manages && (
              <TextInput
                label={t("roles.name")}
                maw={360}
                mb="md"
                maxLength={60}
                value={name}
                onChange={(event) => setName(event.currentTarget.value)}
              />
            )}
            <Matrix
              permissions={permissions}
              readOnly={readOnly}
              onChange={setPermissions}
              onFields={(key) => go("fields", key)}
            />
          </Tabs.Panel>
          <Tabs.Panel value="fields">
            <FieldRights
              permissions={permissions}
              readOnly={readOnly}
              object={object ?? null}
              onObject={(key) => go("fields", key)}
              onChange={setPermissions}
            />
          </Tabs.Panel>
          <Tabs.Panel value="system">
            <SystemRights
              permissions={permissions}
              baseline={baseline}
              readOnly={readOnly}
              onChange={setPermissions}
              onBaseline={setBaseline}
            />
          </Tabs.Panel>
          <Tabs.Panel value="sign-in">
            <SignInRulesForm permissions={permissions} readOnly={!manages} onChange={setPermissions} />
          </Tabs.Panel>
          <Tabs.Panel value="members">
            <Holders role={role} />
          </Tabs.Panel>
        </div>
      </Tabs>
      {dirty && (
        <div className={classes.saveBar} role="status">
          <span className={classes.saveText}>{t("roles.unsaved")}</span>
          <Button variant="default" onClick={reset}>
            {t("roles.reset")}
          </Button>
          <Button onClick={() => setReviewing(true)} disabled={name.trim() === ""}>
            {t("roles.review")}
          </Button>
        </div>
      )}
      {reviewing && (
        <ReviewDialog
          title={t("roles.review_of", { name: name.trim() })}
          changes={[{ object: "role", id: role.id, values: changed }]}
          confirmLabel={t("ui.save")}
          onConfirm={async () => {
            await updateRecord("role", role.id, changed, seen.rev);
            await rightsChanged(client);
            toastSuccess(t("roles.saved", { name: name.trim() }));
            onSaved();
          }}
          onClose={() => setReviewing(false)}
        />
      )}
    </Page>
  );
}
