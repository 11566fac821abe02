/** The people of the workspace: who they are, where they belong, what they may do. */
import { Button, SegmentedControl, TextInput } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { Search, UserPlus } from "lucide-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { formatNumber } from "@/lib/format";
import { useSystemRight } from "@/lib/rights";
import { usePageTitle } from "@/lib/use-page-title";
import { Page, PageHeader } from "@/ui/page";
import { EmptyState, ErrorState, RowsSkeleton } from "@/ui/states";
import { InviteDialog } from "./invite-dialog";
import { MemberTable } from "./member-table";
import classes from "./members-page.module.css";
import { membersQuery } from "./people";

const STATUSES = ["active", "invited", "left"] as const;

export function MembersPage() {
  const { t } = useTranslation();
  const manages = useSystemRight("members");
  const [status, setStatus] = useState<string>("active");
  const [search, setSearch] = useState("");
  const [inviting, setInviting] = useState(false);
  const members = useQuery(membersQuery());
  usePageTitle(t("settings.members"));

  const wanted = search.trim().toLowerCase();
  const shown = (members.data ?? []).filter(
    (member) =>
      member.status === status &&
      [member.name, member.email, member.title, member.department?.title].some((text) =>
        (text ?? "").toLowerCase().includes(wanted),
      ),
  );
  const count = (of: string) => members.data?.filter((member) => member.status === of).length ?? 0;

  return (
    <Page
      header={
        <PageHeader
          title={t("settings.members")}
          actions={
            manages && (
              <Button leftSection={<UserPlus size={16} />} onClick={() => setInviting(true)}>
                {t("settings.invite")}
              </Button>
            )
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
      </div>
      {members.isError ? (
        <ErrorState error={members.error} onRetry={() => members.refetch()} />
      ) : members.isPending ? (
        <RowsSkeleton />
      ) : shown.length === 0 ? (
        <EmptyState
          kind={wanted ? "search" : "empty"}
          title={t(wanted ? "settings.no_match" : "settings.nobody")}
        />
      ) : (
        <MemberTable members={shown} manages={manages} />
      )}
      {inviting && <InviteDialog onClose={() => setInviting(false)} />}
    </Page>
  );
}
