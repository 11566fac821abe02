/** Members as rows, with what an administrator can do to each. */
import { ActionIcon, Menu, VisuallyHidden } from "@mantine/core";
import { useQueryClient } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { Ellipsis, MailPlus, UserCheck, UserX } from "lucide-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useMe } from "@/lib/me";
import { recordKeys, runAction } from "@/lib/records";
import { currentWorkspace } from "@/lib/workspace";
import { Avatar } from "@/ui/avatar";
import { Chip } from "@/ui/chip";
import { ConfirmDanger } from "@/ui/confirm-danger";
import { toastError, toastSuccess } from "@/ui/toast";
import { InvitationLink } from "./invitation-link";
import classes from "./members-page.module.css";
import type { Member } from "./people";

export function MemberTable({ members, manages }: { members: Member[]; manages: boolean }) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const [leaving, setLeaving] = useState<Member | null>(null);

  const [handOver, setHandOver] = useState<{ name: string; link: string } | null>(null);

  const run = async (action: string, member: Member, done: string) => {
    try {
      const { result } = await runAction<{ link?: string } | null>(`identity/${action}`, {
        member: member.id,
      });
      if (result?.link) setHandOver({ name: member.name, link: result.link });
      else toastSuccess(t(done, { name: member.name }));
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
            <th>{t("settings.roles")}</th>
            {manages && (
              <th className={classes.menu}>
                <VisuallyHidden>{t("settings.actions")}</VisuallyHidden>
              </th>
            )}
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
                  </span>
                </div>
              </td>
              <td className={classes.secondary}>{member.department?.title ?? "—"}</td>
              <td className={classes.secondary}>{member.title ?? "—"}</td>
              <td>
                <span className={classes.chips}>
                  {member.roles.map((role) => (
                    <Chip key={role.id} hue="blue">
                      {role.title}
                    </Chip>
                  ))}
                </span>
              </td>
              {manages && (
                <td className={classes.menu}>
                  <MemberMenu member={member} onLeave={() => setLeaving(member)} run={run} />
                </td>
              )}
            </tr>
          ))}
        </tbody>
      </table>
      {handOver && <InvitationLink {...handOver} onClose={() => setHandOver(null)} />}
      <ConfirmDanger
        opened={leaving !== null}
        title={t("settings.deactivate_title", { name: leaving?.name })}
        confirmLabel={t("settings.deactivate")}
        onConfirm={async () => {
          if (leaving) await run("deactivate-member", leaving, "settings.deactivated");
        }}
        onClose={() => setLeaving(null)}
      >
        {t("settings.deactivate_text")}
      </ConfirmDanger>
    </div>
  );
}

function MemberMenu({
  member,
  onLeave,
  run,
}: {
  member: Member;
  onLeave: () => void;
  run: (action: string, member: Member, done: string) => Promise<void>;
}) {
  const { t } = useTranslation();
  const me = useMe();
  if (member.id === me.member.id) return null;
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
        {member.status === "invited" && (
          <Menu.Item
            leftSection={<MailPlus size={16} />}
            onClick={() => run("resend-invitation", member, "settings.resent")}
          >
            {t("settings.resend")}
          </Menu.Item>
        )}
        {member.status === "left" ? (
          <Menu.Item
            leftSection={<UserCheck size={16} />}
            onClick={() => run("reactivate-member", member, "settings.reactivated")}
          >
            {t("settings.reactivate")}
          </Menu.Item>
        ) : (
          <Menu.Item color="red" leftSection={<UserX size={16} />} onClick={onLeave}>
            {t("settings.deactivate")}
          </Menu.Item>
        )}
      </Menu.Dropdown>
    </Menu>
  );
}
