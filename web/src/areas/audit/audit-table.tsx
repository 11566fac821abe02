/** Deeds as rows: when, who, what, from where. A row opens its details. */
import { useTranslation } from "react-i18next";
import type { AuditItem, Hue } from "@/api/types";
import { formatDateTime, formatRelative } from "@/lib/format";
import { deviceName } from "@/lib/user-agent";
import { Chip } from "@/ui/chip";
import classes from "./audit.module.css";

/** What an auditor looks for first stands out; the words carry the meaning. */
const HUES: Record<string, Hue> = {
  sign_in_failed: "amber",
  reveal: "violet",
  export: "orange",
  audit_export: "orange",
  view_as_begin: "violet",
  view_as_end: "violet",
  role_change: "blue",
  access_rule_change: "blue",
  member_change: "blue",
  configuration: "cyan",
  configuration_apply: "cyan",
  configuration_roll_back: "cyan",
  chain_broken: "red",
};

export function AuditTable({ items, onOpen }: { items: AuditItem[]; onOpen(item: AuditItem): void }) {
  const { t } = useTranslation();
  return (
    <div className={classes.frame}>
      <table className={classes.table}>
        <thead>
          <tr>
            <th>{t("audit.when")}</th>
            <th>{t("audit.who")}</th>
            <th>{t("audit.what")}</th>
            <th className={classes.secondary}>{t("audit.from_where")}</th>
          </tr>
        </thead>
        <tbody>
          {items.map((item) => (
            <tr key={item.id} onClick={() => onOpen(item)}>
              <td className={classes.when} title={formatDateTime(item.at)}>
                {formatRelative(item.at)}
              </td>
              <td className={classes.who}>{whoDid(item, t("audit.system"))}</td>
              <td className={classes.what}>
                <div className={classes.deed}>
                  <Chip hue={HUES[item.kind] ?? "slate"} className={classes.kind}>
                    {item.label}
                  </Chip>
                  <button type="button" className={classes.says} onClick={() => onOpen(item)}>
                    {item.says || item.label}
                  </button>
                </div>
              </td>
              <td className={classes.secondary}>
                {[item.ip, item.key ?? deviceName(item.agent ?? "")].filter(Boolean).join(" · ") || "—"}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

/** The person's name; the product's own word where nobody did it. */
export function whoDid(item: AuditItem, system: string): string {
  return item.by ? (item.by.title ?? "—") : system;
}
