/** Access rules: what they open or restrict, for whom, whether they hold now. */
import { ActionIcon, Button, Menu } from "@mantine/core";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import type { TFunction } from "i18next";
import { Ellipsis, LockKeyhole, LockKeyholeOpen, Pencil, Plus, Trash2 } from "lucide-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { CatalogObject } from "@/api/types";
import { findObject, useCatalog, useObject } from "@/lib/catalog";
import { formatDateTime } from "@/lib/format";
import { label } from "@/lib/label";
import { currentLanguage } from "@/lib/language";
import { deleteRecord, recordKeys } from "@/lib/records";
import { can, useSystemRight } from "@/lib/rights";
import { usePageTitle } from "@/lib/use-page-title";
import { referenceText } from "@/records/field-kinds/parts/reference";
import { describeFilter } from "@/records/filter/describe";
import { useNamedFilter } from "@/records/filter/use-named-filter";
import { Chip } from "@/ui/chip";
import { Page, PageHeader } from "@/ui/page";
import { EmptyState, ErrorState, RowsSkeleton } from "@/ui/states";
import things from "@/ui/things.module.css";
import { toastSuccess } from "@/ui/toast";
import { type AccessRule, rightsChanged, rulesQuery } from "./requests";
import { ReviewDialog } from "./review-dialog";
import classes from "./role-list.module.css";
import shared from "./roles.module.css";
import { RuleForm } from "./rule-form";

export function RulesPage() {
  const { t } = useTranslation();
  const client = useQueryClient();
  const may = can(useObject("access_rule"), "read");
  const rules = useQuery({ ...rulesQuery(), enabled: may });
  const manages = useSystemRight("roles");
  const [opened, setOpened] = useState<AccessRule | "new" | null>(null);
  const [leaving, setLeaving] = useState<AccessRule | null>(null);
  usePageTitle(t("roles.rules"));
  const begin = manages && (
    <Button leftSection={<Plus size={16} />} onClick={() => setOpened("new")}>
      {t("roles.new_rule")}
    </Button>
  );
  return (
    <Page width={960} header={<PageHeader title={t("roles.rules")} actions={begin} />}>
      <p className={shared.remark}>{t("roles.rules_about")}</p>
      {!may ? (
        <EmptyState kind="forbidden" title={t("ui.forbidden")}>
          {t("roles.rules_forbidden")}
        </EmptyState>
      ) : rules.isError ? (
        <ErrorState error={rules.error} onRetry={() => rules.refetch()} />
      ) : rules.isPending ? (
        <RowsSkeleton rows={5} height={64} />
      ) : rules.data.length === 0 ? (
        <EmptyState title={t("roles.no_rules")} action={begin}>
          {t("roles.no_rules_text")}
        </EmptyState>
      ) : (
        <ul className={things.list}>
          {rules.data.map((rule) => (
            <RuleRow
              key={rule.id}
              rule={rule}
              manages={manages}
              onEdit={() => setOpened(rule)}
              onRemove={() => setLeaving(rule)}
            />
          ))}
        </ul>
      )}
      {opened && <RuleForm rule={opened === "new" ? null : opened} onClose={() => setOpened(null)} />}
      {leaving && (
        <ReviewDialog
          title={t("roles.delete_rule_title", { name: leaving.name })}
          changes={[{ object: "access_rule", id: leaving.id, delete: true }]}
          confirmLabel={t("roles.delete")}
          onConfirm={async () => {
            await deleteRecord("access_rule", leaving.id);
            await client.invalidateQueries({ queryKey: recordKeys.of("access_rule") });
            await rightsChanged(client);
            toastSuccess(t("roles.rule_deleted", { name: leaving.name }));
          }}
          onClose={() => setLeaving(null)}
        />
      )}
    </Page>
  );
}

function RuleRow({
  rule,
  manages,
  onEdit,
  onRemove,
}: {
  rule: AccessRule;
  manages: boolean;
  onEdit(): void;
  onRemove(): void;
}) {
  const { t } = useTranslation();
  const catalog = useCatalog();
  const object = findObject(catalog, rule.object);
  const Icon = rule.effect === "opens" ? LockKeyholeOpen : LockKeyhole;
  const over = rule.expires_at !== null && new Date(rule.expires_at) <= new Date();
  return (
    <li className={classes.row}>
      <Icon size={18} strokeWidth={1.75} className={classes.icon} aria-hidden />
      <span className={classes.text}>
        <span className={classes.name}>
          {manages ? (
            <button type="button" className={classes.linkButton} onClick={onEdit}>
              {rule.name}
            </button>
          ) : (
            rule.name
          )}
          <Chip hue={rule.effect === "opens" ? "green" : "orange"}>
            {t(
              rule.effect === "restricts" ? "roles.effect_restricts" : `roles.opens_${rule.level ?? "read"}`,
            )}
          </Chip>
          {(!rule.active || over) && (
            <Chip hue="slate">{t(over ? "roles.rule_over" : "roles.rule_idle")}</Chip>
          )}
        </span>
        <span className={classes.detail}>
          {object ? (
            <RuleWords rule={rule} object={object} />
          ) : (
            t("roles.rule_object_gone", { key: rule.object })
          )}
        </span>
        <span className={classes.detail}>
          {t("roles.rule_for", { who: whoOf(rule, t) })}
          {rule.expires_at && t("roles.rule_until", { at: formatDateTime(rule.expires_at) })}
        </span>
      </span>
      {manages && (
        <Menu position="bottom-end">
          <Menu.Target>
            <ActionIcon variant="subtle" color="gray" aria-label={t("roles.actions_of", { name: rule.name })}>
              <Ellipsis size={16} />
            </ActionIcon>
          </Menu.Target>
          <Menu.Dropdown>
            <Menu.Item leftSection={<Pencil size={15} />} onClick={onEdit}>
              {t("roles.edit_rule")}
            </Menu.Item>
            <Menu.Item color="red" leftSection={<Trash2 size={15} />} onClick={onRemove}>
              {t("roles.delete")}
            </Menu.Item>
          </Menu.Dropdown>
        </Menu>
      )}
    </li>
  );
}

function RuleWords({ rule, object }: { rule: AccessRule; object: CatalogObject }) {
  const { t } = useTranslation();
  const catalog = useCatalog();
  const where = useNamedFilter(object, rule.where);
  const what = where && describeFilter(where, { catalog, object, language: currentLanguage(), t });
  return <>{t("roles.rule_what", { object: label(object.plural), what })}</>;
}

/** "所有人", or the people, departments and roles; and those who are left out. */
function whoOf(rule: AccessRule, t: TFunction): string {
  const join = t("roles.sum_join");
  const named = [...rule.roles, ...rule.departments, ...rule.members].map(referenceText).join(join);
  const who = rule.for_everyone ? t("roles.everyone") : named || t("roles.nobody");
  return rule.except_roles.length > 0
    ? t("roles.except", { who, roles: rule.except_roles.map(referenceText).join(join) })
    : who;
}
