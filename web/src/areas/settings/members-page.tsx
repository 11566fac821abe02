/** The people of the workspace: who they are, where they belong, what they may do. */
import { Button, Checkbox, Menu, SegmentedControl, Select, TextInput } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { ChevronDown, FileUp, Network, Search, UserPlus } from "lucide-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { findObject, useCatalog } from "@/lib/catalog";
import { formatNumber } from "@/lib/format";
import { label } from "@/lib/label";
import { can, useSystemRight } from "@/lib/rights";
import { useToday } from "@/lib/today";
import { usePageTitle } from "@/lib/use-page-title";
import { currentWorkspace } from "@/lib/workspace";
import { Page, PageHeader } from "@/ui/page";
import { EmptyState, ErrorState, RowsSkeleton } from "@/ui/states";
import { InviteDialog } from "./invite-dialog";
import { MemberTable } from "./member-table";
import classes from "./members-page.module.css";
import { onPhoneIconOnly } from "./organisation/header-button";
import { NoSignIn } from "./organisation/no-sign-in";
import {
  branchOf,
  delegationsQuery,
  departmentOptions,
  departmentsQuery,
  lasts,
  membersQuery,
  peopleIn,
  positionsQuery,
} from "./people";

const STATUSES = ["active", "invited", "left"] as const;
const IMPORTED = ["department", "member", "position"];

export function MembersPage() {
  const { t } = useTranslation();
  const manages = useSystemRight("members");
  const [status, setStatus] = useState<string>("active");
  const [search, setSearch] = useState("");
  const [inviting, setInviting] = useState(false);
  const [department, setDepartment] = useState<string | null>(null);
  const [below, setBelow] = useState(true);
  const members = useQuery(membersQuery());
  const departments = useQuery(departmentsQuery());
  const day = useToday();
  const positions = useQuery(positionsQuery(day));
  const delegations = useQuery(delegationsQuery(day));
  usePageTitle(t("settings.members"));

  const wanted = search.trim().toLowerCase();
  const held = (positions.data ?? []).filter((position) => lasts(position, day));
  const within = department && (below ? branchOf(departments.data ?? [], department) : new Set([department]));
  const placed = within ? peopleIn(members.data ?? [], held, within) : (members.data ?? []);
  const shown = placed.filter(
    (member) =>
      member.status === status &&
      [member.name, member.email, member.title, member.department?.title].some((text) =>
        (text ?? "").toLowerCase().includes(wanted),
      ),
  );
  const count = (of: string) => placed.filter((member) => member.status === of).length;

  return (
    <Page
      header={
        <PageHeader
          title={t("settings.members")}
          actions={
            <>
              <Button
                variant="default"
                leftSection={<Network size={16} />}
                classNames={onPhoneIconOnly}
                aria-label={t("organisation.chart")}
                renderRoot={(props) => (
                  <Link to="/w/$ws/settings/organisation" params={{ ws: currentWorkspace() }} {...props} />
                )}
              >
                {t("organisation.chart")}
              </Button>
              {manages && <ImportMenu />}
              {manages && (
                <Button leftSection={<UserPlus size={16} />} onClick={() => setInviting(true)}>
                  {t("settings.invite")}
                </Button>
              )}
            </>
          }
        />
      }
    >
      <div className={classes.tools}>
        <SegmentedControl
          aria-label={t("settings.status")}
          value={status}
          onChange={setStatus}
          data={STATUSES.map((key) => ({
            value: key,
            label: `${t(`settings.status_${key}`)} ${formatNumber(count(key))}`,
          }))}
        />
        <TextInput
          type="search"
          className={classes.search}
          placeholder={t("settings.search_members")}
          aria-label={t("settings.search_members")}
          leftSection={<Search size={16} />}
          value={search}
          onChange={(event) => setSearch(event.currentTarget.value)}
        />
        <Select
          className={classes.department}
          aria-label={t("settings.department")}
          placeholder={t("organisation.every_department")}
          data={departmentOptions(departments.data ?? [])}
          searchable
          clearable
          value={department}
          onChange={setDepartment}
        />
        {department && (
          <Checkbox
            label={t("organisation.with_below")}
            checked={below}
            onChange={(event) => setBelow(event.currentTarget.checked)}
          />
        )}
      </div>
      {manages && status === "active" && <NoSignIn members={placed} />}
      {members.isError ? (
        <ErrorState error={members.error} onRetry={() => members.refetch()} />
      ) : members.isPending ? (
        <RowsSkeleton />
      ) : shown.length === 0 ? (
        <EmptyState
          kind={wanted || department ? "search" : "empty"}
          title={t(wanted || department ? "settings.no_match" : "settings.nobody")}
        />
      ) : (
        <MemberTable
          members={shown}
          positions={held}
          delegations={(delegations.data ?? []).filter((delegation) => lasts(delegation, day))}
          manages={manages}
        />
      )}
      {inviting && <InviteDialog onClose={() => setInviting(false)} />}
    </Page>
  );
}

/** Bringing in the tree, people and further positions, in the order in which they refer to each other. */
function ImportMenu() {
  const { t } = useTranslation();
  const catalog = useCatalog();
  const ws = currentWorkspace();
  const objects = IMPORTED.flatMap((key) => findObject(catalog, key) ?? []).filter((object) =>
    can(object, "import"),
  );
  if (objects.length === 0) return null;
  return (
    <Menu position="bottom-end">
      <Menu.Target>
        <Button
          variant="default"
          leftSection={<FileUp size={16} />}
          rightSection={<ChevronDown size={14} />}
          classNames={onPhoneIconOnly}
          aria-label={t("organisation.import")}
        >
          {t("organisation.import")}
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        {objects.map((object) => (
          <Menu.Item
            key={object.key}
            renderRoot={(props) => (
              <Link to="/w/$ws/import" params={{ ws }} search={{ object: object.key }} {...props} />
            )}
          >
            {label(object.plural)}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}
