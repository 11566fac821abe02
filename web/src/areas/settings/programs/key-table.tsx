/** API keys as rows: what each may, whose it is, how it stands; on a phone the same under its name. */
import { ActionIcon, Menu, VisuallyHidden } from "@mantine/core";
import clsx from "clsx";
import { Ban, Ellipsis, ListTree, RefreshCw, ScrollText } from "lucide-react";
import { useTranslation } from "react-i18next";
import type { KeyState } from "@/api/types";
import { formatDateTime, formatRelative } from "@/lib/format";
import { useMe } from "@/lib/me";
import { useSystemRight } from "@/lib/rights";
import { Chip } from "@/ui/chip";
import things from "@/ui/things.module.css";
import { AuditLink } from "./audit-link";
import { hasEnded, STANDING_HUES, standingOf } from "./keys";
import classes from "./programs.module.css";

/** A cell of a few words that stay together; not shown on a phone. */
const cell = clsx(things.secondary, classes.cell);

interface KeyTableProps {
  keys: KeyState[];
  /** Whether whose key it is must be told. */
  everybody: boolean;
  onCalls(key: KeyState): void;
  onReplace(key: KeyState): void;
  onRevoke(key: KeyState): void;
}

export function KeyTable({ keys, everybody, ...does }: KeyTableProps) {
  const { t } = useTranslation();
  return (
    <div className={things.frame}>
      <table className={things.table}>
        <thead>
          <tr>
            <th>{t("programs.name")}</th>
            {everybody && <th className={things.secondary}>{t("programs.member")}</th>}
            <th className={things.secondary}>{t("programs.roles")}</th>
            <th className={things.secondary}>{t("programs.last_used")}</th>
            <th className={things.secondary}>{t("programs.expires")}</th>
            <th className={things.secondary}>{t("programs.state")}</th>
            <th className={things.menu}>
              <VisuallyHidden>{t("programs.actions")}</VisuallyHidden>
            </th>
          </tr>
        </thead>
        <tbody>
          {keys.map((key) => (
            <KeyRow key={key.id} one={key} everybody={everybody} {...does} />
          ))}
        </tbody>
      </table>
    </div>
  );
}

function KeyRow({
  one,
  everybody,
  onCalls,
  onReplace,
  onRevoke,
}: { one: KeyState } & Omit<KeyTableProps, "keys">) {
  const { t } = useTranslation();
  const audits = useSystemRight("audit");
  const mine = useMe().member.id === one.member.id;
  const standing = standingOf(one);
  const roles = one.roles.map((role) => (
    <span
      key={role.id}
      className={classes.role}
      data-lost={!role.held || undefined}
      title={role.held ? undefined : t("programs.role_lost")}
    >
      {role.name}
    </span>
  ));
  const used = one.last_used_at
    ? [formatRelative(one.last_used_at), one.last_used_from].filter(Boolean).join(" · ")
    : t("programs.never_used");
  const expires = one.expires_at ? formatDateTime(one.expires_at) : t("programs.lasts_never");
  const state = (
    <Chip hue={STANDING_HUES[standing]} dot>
      {t(`programs.state_${standing}`)}
    </Chip>
  );
  const member = one.member.name || t("programs.member_gone");
  return (
    <tr>
      <td>
        <span className={things.names}>
          <button type="button" className={classes.nameButton} onClick={() => onCalls(one)}>
            {one.name}
          </button>
          <span className={classes.quiet}>
            <code className={classes.hint}>{one.hint}</code>
            {one.networks.length > 0 && (
              <span title={one.networks.join("\n")}>
                {t("programs.from_networks", { networks: one.networks.join(t("programs.between")) })}
              </span>
            )}
          </span>
          <span className={classes.phone}>
            {state}
            {everybody && <span>{member}</span>}
            <span className={classes.roles}>{roles}</span>
            <span>{one.last_used_at ? t("programs.used_phone", { used }) : used}</span>
            <span>{one.expires_at ? t("programs.expires_phone", { expires }) : expires}</span>
          </span>
        </span>
      </td>
      {everybody && <td className={cell}>{member}</td>}
      <td className={things.secondary}>
        <span className={classes.roles}>{roles}</span>
      </td>
      <td className={cell} title={formatDateTime(one.last_used_at)}>
        {used}
      </td>
      <td className={cell}>{expires}</td>
      <td className={cell}>{state}</td>
      <td className={things.menu}>
        <Menu position="bottom-end">
          <Menu.Target>
            <ActionIcon
              variant="subtle"
              color="gray"
              aria-label={t("programs.actions_of", { name: one.name })}
            >
              <Ellipsis size={16} />
            </ActionIcon>
          </Menu.Target>
          <Menu.Dropdown>
            <Menu.Item leftSection={<ListTree size={15} />} onClick={() => onCalls(one)}>
              {t("programs.calls")}
            </Menu.Item>
            {audits && (
              <Menu.Item
                leftSection={<ScrollText size={15} />}
                renderRoot={(props) => (
                  <AuditLink id={one.id} name={one.name} member={one.member.id} {...props} />
                )}
              >
                {t("programs.in_audit")}
              </Menu.Item>
            )}
            {mine && (
              <Menu.Item leftSection={<RefreshCw size={15} />} onClick={() => onReplace(one)}>
                {t("programs.replace")}
              </Menu.Item>
            )}
            {!hasEnded(standing) && (
              <Menu.Item color="red" leftSection={<Ban size={15} />} onClick={() => onRevoke(one)}>
                {t("programs.revoke")}
              </Menu.Item>
            )}
          </Menu.Dropdown>
        </Menu>
      </td>
    </tr>
  );
}
