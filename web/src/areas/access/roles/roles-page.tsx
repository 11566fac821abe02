/** The roles of the workspace: what each is for, who holds it; new ones from a preset or as a copy. */
import { ActionIcon, Button, Group, Menu, Modal, Text } from "@mantine/core";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { Link, useNavigate } from "@tanstack/react-router";
import { Columns2, Copy, Ellipsis, Plus, ScanEye, ShieldHalf, Trash2 } from "lucide-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { membersQuery } from "@/areas/settings/people";
import { useCatalog } from "@/lib/catalog";
import { formatNumber } from "@/lib/format";
import { deleteRecord, recordKeys } from "@/lib/records";
import { useSystemRight } from "@/lib/rights";
import { usePageTitle } from "@/lib/use-page-title";
import { currentWorkspace } from "@/lib/workspace";
import { Chip } from "@/ui/chip";
import { ConfirmDanger } from "@/ui/confirm-danger";
import { Page, PageHeader } from "@/ui/page";
import { EmptyState, ErrorState, RowsSkeleton } from "@/ui/states";
import things from "@/ui/things.module.css";
import { toastError } from "@/ui/toast";
import { showUndo } from "@/ui/undo-toast";
import { NewRoleDialog } from "./new-role-dialog";
import { ADMINISTRATOR, type Role, rolesQuery } from "./requests";
import classes from "./role-list.module.css";
import shared from "./roles.module.css";
import { summaryOf } from "./summary";

export function RolesPage() {
  const { t } = useTranslation();
  const client = useQueryClient();
  const navigate = useNavigate();
  const catalog = useCatalog();
  const roles = useQuery(rolesQuery());
  const members = useQuery(membersQuery());
  const manages = useSystemRight("roles");
  const [adding, setAdding] = useState<{ copy: Role | null } | null>(null);
  const [leaving, setLeaving] = useState<Role | null>(null);
  usePageTitle(t("roles.title"));
  const ws = currentWorkspace();
  const holders = (role: Role) =>
    members.data?.filter((one) => one.status !== "left" && one.roles.some(({ id }) => id === role.id)).length;
  const remove = async (role: Role) => {
    try {
      const { change_set } = await deleteRecord("role", role.id);
      showUndo(t("roles.deleted", { name: role.name }), change_set);
      await client.invalidateQueries({ queryKey: recordKeys.of("role") });
    } catch (error) {
      toastError(error);
    }
  };
  return (
    <Page
      width={960}
      header={
        <PageHeader
          title={t("roles.title")}
          actions={
            <>
              <Button
                variant="default"
                leftSection={<Columns2 size={15} />}
                onClick={() => navigate({ to: "/w/$ws/settings/roles/compare", params: { ws } })}
              >
                {t("roles.compare")}
              </Button>
              {manages && (
                <Button leftSection={<Plus size={16} />} onClick={() => setAdding({ copy: null })}>
                  {t("roles.new")}
                </Button>
              )}
            </>
          }
        />
      }
    >
      <p className={shared.remark}>{t("roles.about")}</p>
      {roles.isError ? (
        <ErrorState error={roles.error} onRetry={() => roles.refetch()} />
      ) : roles.isPending ? (
        <RowsSkeleton rows={6} height={56} />
      ) : roles.data.length === 0 ? (
        <EmptyState title={t("roles.none")} />
      ) : (
        <ul className={things.list}>
          {roles.data.map((role) => {
            const count = holders(role);
            return (
              <li key={role.id} className={classes.row}>
                <ShieldHalf size={18} strokeWidth={1.75} className={classes.icon} aria-hidden />
                <span className={classes.text}>
                  <span className={classes.name}>
                    <Link className={shared.link} to="/w/$ws/settings/roles/$id" params={{ ws, id: role.id }}>
                      {role.name}
                    </Link>
                    {role.baseline && <Chip hue="blue">{t("roles.baseline")}</Chip>}
                    {role.key === ADMINISTRATOR && <Chip hue="slate">{t("roles.fixed_short")}</Chip>}
                  </span>
                  <span className={classes.detail}>{summaryOf(role.permissions, catalog, t)}</span>
                </span>
                <span className={classes.holders}>
                  {count !== undefined && t("roles.holders", { count, number: formatNumber(count) })}
                </span>
                {manages && (
                  <Menu position="bottom-end">
                    <Menu.Target>
                      <ActionIcon
                        variant="subtle"
                        color="gray"
                        aria-label={t("roles.actions_of", { name: role.name })}
                      >
                        <Ellipsis size={16} />
                      </ActionIcon>
                    </Menu.Target>
                    <Menu.Dropdown>
                      <Menu.Item leftSection={<Copy size={15} />} onClick={() => setAdding({ copy: role })}>
                        {t("roles.copy")}
                      </Menu.Item>
                      <Menu.Item
                        leftSection={<ScanEye size={15} />}
                        onClick={() =>
                          navigate({
                            to: "/w/$ws/settings/roles/compare",
                            params: { ws },
                            search: { one: role.id },
                          })
                        }
                      >
                        {t("roles.compare_with")}
                      </Menu.Item>
                      {role.key !== ADMINISTRATOR && (
                        <Menu.Item
                          color="red"
                          leftSection={<Trash2 size={15} />}
                          onClick={() => setLeaving(role)}
                        >
                          {t("roles.delete")}
                        </Menu.Item>
                      )}
                    </Menu.Dropdown>
                  </Menu>
                )}
              </li>
            );
          })}
        </ul>
      )}
      {adding && roles.data && (
        <NewRoleDialog roles={roles.data} copy={adding.copy} onClose={() => setAdding(null)} />
      )}
      {leaving && holders(leaving) ? (
        <Modal
          opened
          onClose={() => setLeaving(null)}
          title={t("roles.delete_title", { name: leaving.name })}
          size={440}
        >
          <Text size="md" c="dimmed">
            {t("roles.delete_held")}
          </Text>
          <Group justify="flex-end" mt="lg" gap="xs">
            <Button variant="default" onClick={() => setLeaving(null)}>
              {t("ui.cancel")}
            </Button>
            <Button
              onClick={() =>
                navigate({
                  to: "/w/$ws/settings/roles/$id",
                  params: { ws, id: leaving.id },
                  search: { tab: "members" },
                })
              }
            >
              {t("roles.see_holders")}
            </Button>
          </Group>
        </Modal>
      ) : null}
      <ConfirmDanger
        opened={leaving !== null && !holders(leaving)}
        title={t("roles.delete_title", { name: leaving?.name })}
        confirmLabel={t("roles.delete")}
        onConfirm={async () => {
          if (leaving) await remove(leaving);
        }}
        onClose={() => setLeaving(null)}
      >
        {t("roles.delete_text")}
      </ConfirmDanger>
    </Page>
  );
}
