/** Members as rows, with what an administrator can do to each. */
import { ActionIcon, Menu, VisuallyHidden } from "@mantine/core";
import { useQueryClient } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import {
  ArrowRightLeft,
  CalendarClock,
  Ellipsis,
  IdCard,
  LogOut,
  MailPlus,
  ScanEye,
  UserCheck,
} from "lucide-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { formatDate } from "@/lib/format";
import { useMe } from "@/lib/me";
import { recordKeys, runAction } from "@/lib/records";
import { useOnlyLooks, useSystemRight } from "@/lib/rights";
import { useViewAs, VIEW_AS } from "@/lib/view-as";
import { currentWorkspace } from "@/lib/workspace";
import { Avatar } from "@/ui/avatar";
import { Chip } from "@/ui/chip";
import { toastError, toastSuccess } from "@/ui/toast";
import { InvitationLink } from "./invitation-link";
import classes from "./members-page.module.css";
import { DelegationDialog } from "./organisation/delegation-dialog";
import { LeaveDialog } from "./organisation/leave-dialog";
import { PositionsDialog } from "./organisation/positions-dialog";
import type { Delegation, Member, Position } from "./people";

type Task = "positions" | "delegations" | "leave";

/** `positions` and `delegations` are those of today. */
export function MemberTable({
  members,
  positions,
  delegations,
  manages,
}: {
  members: Member[];
  positions: Position[];
  delegations: Delegation[];
  manages: boolean;
}) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const me = useMe().member.id;
  const [task, setTask] = useState<{ kind: Task; member: Member } | null>(null);
  const close = () => setTask(null);

  const [handOver, setHandOver] = useState<{ name: string; link: string } | null>(null);

  const run = async (action: string, member: Member, done: string) => {
    try {
      const { result } = await runAction<{ link?: string } | null>(`identity/${action}`, {
        member: member.id,
      });
      if (result?.link) setHandOver({ name: member.name, link: result.link });
      else toastSuccess(t(done, { name: member.name, email: member.email }));
      await client.invalidateQueries({ queryKey: recordKeys.of("member") });
    } catch (error) {
      toastError(error);
    }
  };

  return (
    <div className={classes.frame}>
      <table className={classes.table}>
        <thead>
          <tr>
            <th>{t("settings.member")}</th>
            <th>{t("settings.department")}</th>
            <th>{t("settings.job_title")}</th>
            <th>{t("organisation.superior")}</th>
            <th>{t("settings.roles")}</th>
            <th className={classes.menu}>
              <VisuallyHidden>{t("settings.actions")}</VisuallyHidden>
            </th>
          </tr>
        </thead>
        <tbody>
          {members.map((member) => (
            <tr key={member.id}>
              <td>
                <div className={classes.person}>
                  <Avatar name={member.name} size={32} />
                  <span className={classes.names}>
                    <Link
                      className={classes.name}
                      to="/w/$ws/o/$object/$id"
                      params={{ ws: currentWorkspace(), object: "member", id: member.id }}
                    >
                      {member.name}
                    </Link>
                    <span className={classes.detail}>{member.email}</span>
                    <span className={classes.phoneOnly}>
                      {[member.department?.title, member.title].filter(Boolean).join(" · ")}
                    </span>
                    <Remarks member={member} delegations={delegations} />
                  </span>
                </div>
              </td>
              <td className={classes.secondary}>
                <Places member={member} positions={positions} />
              </td>
              <td className={classes.secondary}>{member.title ?? "—"}</td>
              <td className={classes.secondary}>{member.manager?.title ?? "—"}</td>
              <td>
                <span className={classes.chips}>
                  {member.roles.map((role) => (
                    <Chip key={role.id} hue="blue">
                      {role.title}
                    </Chip>
                  ))}
                </span>
              </td>
              <td className={classes.menu}>
                {(manages || member.id === me) && (
                  <MemberMenu
                    member={member}
                    manages={manages}
                    isMe={member.id === me}
                    onTask={(kind) => setTask({ kind, member })}
                    run={run}
                  />
                )}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      {handOver && <InvitationLink {...handOver} onClose={() => setHandOver(null)} />}
      {task?.kind === "positions" && <PositionsDialog member={task.member} onClose={close} />}
      {task?.kind === "delegations" && <DelegationDialog member={task.member} onClose={close} />}
      {task?.kind === "leave" && <LeaveDialog member={task.member} onClose={close} />}
    </div>
  );
}

/** The main department, and where else somebody works. */
function Places({ member, positions }: { member: Member; positions: Position[] }) {
  const { t } = useTranslation();
  const further = positions.filter((position) => position.member.id === member.id);
  return (
    <span className={classes.places}>
      {member.department?.title ?? "—"}
      {further.map((position) => (
        <span key={position.id} className={classes.remark}>
          {t("organisation.also", {
            department: position.department.title,
            title: position.title ?? "",
          })}
        </span>
      ))}
    </span>
  );
}

/** Who stands in for whom today, and who is about to leave. */
function Remarks({ member, delegations }: { member: Member; delegations: Delegation[] }) {
  const { t } = useTranslation();
  return (
    <>
      {delegations
        .filter((one) => one.member.id === member.id)
        .map((one) => (
          <span key={one.id} className={classes.remark}>
            {t("organisation.delegated", { name: one.delegate.title, day: formatDate(one.ends_on) })}
          </span>
        ))}
      {delegations
        .filter((one) => one.delegate.id === member.id)
        .map((one) => (
          <span key={one.id} className={classes.remark}>
            {t("organisation.stands_in", { name: one.member.title, day: formatDate(one.ends_on) })}
          </span>
        ))}
      {member.left_on && (
        <span className={classes.remark} data-alarm={member.status !== "left" || undefined}>
          {t(member.status === "left" ? "organisation.left_on" : "organisation.leaves_on", {
            day: formatDate(member.left_on),
          })}
        </span>
      )}
    </>
  );
}

function MemberMenu({
  member,
  manages,
  isMe,
  onTask,
  run,
}: {
  member: Member;
  manages: boolean;
  isMe: boolean;
  onTask: (task: Task) => void;
  run: (action: string, member: Member, done: string) => Promise<void>;
}) {
  const { t } = useTranslation();
  const works = member.status !== "left";
  const viewsAs = useSystemRight(VIEW_AS) && !isMe && works;
  const askToView = useViewAs((state) => state.ask);
  if (useOnlyLooks()) return null;
  return (
    <Menu position="bottom-end">
      <Menu.Target>
        <ActionIcon
          variant="subtle"
          color="gray"
          aria-label={t("settings.actions_of", { name: member.name })}
        >
          <Ellipsis size={16} />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        {manages && member.status === "active" && member.account_id === null && member.email && (
          <Menu.Item
            leftSection={<MailPlus size={16} />}
            onClick={() => run("resend-invitation", member, "settings.invited")}
          >
            {t("settings.send_invitation")}
          </Menu.Item>
        )}
        {manages && member.status === "invited" && (
          <Menu.Item
            leftSection={<MailPlus size={16} />}
            onClick={() => run("resend-invitation", member, "settings.resent")}
          >
            {t("settings.resend")}
          </Menu.Item>
        )}
        {manages && works && (
          <Menu.Item leftSection={<IdCard size={16} />} onClick={() => onTask("positions")}>
            {t("organisation.positions")}
          </Menu.Item>
        )}
        {works && (
          <Menu.Item leftSection={<CalendarClock size={16} />} onClick={() => onTask("delegations")}>
            {t("organisation.delegations")}
          </Menu.Item>
        )}
        <Menu.Item
          leftSection={<ArrowRightLeft size={16} />}
          renderRoot={(props) => (
            <Link
              to="/w/$ws/hand-over/$member"
              params={{ ws: currentWorkspace(), member: member.id }}
              {...props}
            />
          )}
        >
          {t("organisation.hand_over")}
        </Menu.Item>
        {viewsAs && (
          <Menu.Item leftSection={<ScanEye size={16} />} onClick={() => askToView(member)}>
            {t("app.view_as_begin")}
          </Menu.Item>
        )}
        {manages && !isMe && works && (
          <Menu.Item color="red" leftSection={<LogOut size={16} />} onClick={() => onTask("leave")}>
            {t("organisation.leave")}
          </Menu.Item>
        )}
        {manages && !works && (
          <Menu.Item
            leftSection={<UserCheck size={16} />}
            onClick={() => run("reactivate-member", member, "settings.reactivated")}
          >
            {t("settings.reactivate")}
          </Menu.Item>
        )}
      </Menu.Dropdown>
    </Menu>
  );
}
