/** The group of a company: parent above, subsidiaries below, what is open and won in each part. */
import { Button } from "@mantine/core";
import clsx from "clsx";
import { Plus } from "lucide-react";
import { useTranslation } from "react-i18next";
import type { Reference } from "@/api/types";
import { findField, useObject } from "@/lib/catalog";
import { label } from "@/lib/label";
import { currentLanguage } from "@/lib/language";
import { useMe } from "@/lib/me";
import { moneyPartsText, moneySumText } from "@/lib/money-sums";
import { can } from "@/lib/rights";
import { fieldKind } from "@/records/field-kinds";
import { openCreateDialog } from "@/records/form/create-dialog";
import { RecordLink } from "@/records/lookup/record-link";
import type { RecordPartProps } from "@/records/page/extensions";
import { Avatar } from "@/ui/avatar";
import { ErrorState, RowsSkeleton } from "@/ui/states";
import { useCompanyGroup } from "../requests/use-company-group";
import { type CompanyNode, treeLines } from "../rules/company-tree";
import classes from "./company-tree.module.css";

export function CompanyTree({ object, record }: RecordPartProps) {
  const { t } = useTranslation();
  const opportunities = useObject("opportunity");
  const { currency } = useMe().workspace;
  const group = useCompanyGroup(record, opportunities !== undefined, currency);
  if (group.isPending) return <RowsSkeleton rows={4} />;
  if (group.isError) return <ErrorState compact error={group.error} onRetry={() => group.refetch()} />;
  const { root, complete } = group.data;
  const level = findField(object, "level");
  const chip = (node: CompanyNode) => {
    const value = node.company.level;
    const { Display, isEmpty } = fieldKind("choice");
    return level && !isEmpty(value) ? (
      <Display value={value} field={level} language={currentLanguage()} />
    ) : null;
  };
  return (
    <div className={classes.group}>
      <div className={classes.tools}>
        <span className={classes.count}>{t("customers.companies", { count: root.size })}</span>
        {can(object, "create") && (
          <Button
            size="compact-sm"
            variant="default"
            leftSection={<Plus size={14} />}
            onClick={() =>
              openCreateDialog("company", { parent: { id: record.id, title: String(record.name ?? "") } })
            }
          >
            {t("customers.new_subsidiary")}
          </Button>
        )}
      </div>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard */}
      <section className={classes.scroller} tabIndex={0} aria-label={t("customers.group")}>
        <table className={classes.table}>
          <thead>
            <tr>
              <th scope="col">{label(object.label)}</th>
              <th scope="col">{label(level?.label)}</th>
              <th scope="col">{label(findField(object, "owner")?.label)}</th>
              {opportunities && (
                <>
                  <th scope="col" className={classes.number}>
                    {t("customers.open_amount")}
                  </th>
                  <th scope="col" className={classes.number}>
                    {t("customers.won_amount")}
                  </th>
                </>
              )}
            </tr>
          </thead>
          <tbody>
            {treeLines(root).map(({ node, depth }) => (
              <tr key={node.company.id} className={clsx(node.company.id === record.id && classes.here)}>
                <th scope="row" style={{ paddingLeft: 12 + depth * 24 }}>
                  <span className={classes.name}>
                    <Avatar name={String(node.company.name)} size={20} square />
                    {node.company.id === record.id ? (
                      <span aria-current="true">{String(node.company.name)}</span>
                    ) : (
                      <RecordLink object="company" id={node.company.id} className={classes.link}>
                        {String(node.company.name)}
                      </RecordLink>
                    )}
                  </span>
                </th>
                <td>{chip(node)}</td>
                <td>{(node.company.owner as Reference | null)?.title}</td>
                {opportunities && (
                  <>
                    <td className={classes.number} title={moneyPartsText(node.open)}>
                      {moneySumText(node.open)}
                    </td>
                    <td className={classes.number} title={moneyPartsText(node.won)}>
                      {moneySumText(node.won)}
                    </td>
                  </>
                )}
              </tr>
            ))}
          </tbody>
        </table>
      </section>
      {opportunities && <p className={classes.remark}>{t("customers.sums_include")}</p>}
      {!complete && <p className={classes.remark}>{t("customers.not_all")}</p>}
    </div>
  );
}
