/** Who gets, or got, how many records of what: parts down, people across; on a phone one part after the other. */
import { useTranslation } from "react-i18next";
import type { HandedPart, HandOverReport } from "@/api/types";
import { formatNumber } from "@/lib/format";
import { Avatar } from "@/ui/avatar";
import { PartLabel } from "./part-label";
import classes from "./report-table.module.css";

const NOBODY = "";

export function ReportTable({ report }: { report: HandOverReport }) {
  const { t } = useTranslation();
  const people = new Map<string, string>();
  for (const part of report.parts) {
    for (const { member } of part.to) if (member) people.set(member.id, member.title ?? "—");
  }
  const columns = [...people];
  const alone = report.parts.some((part) => part.to.some(({ member }) => member === null));
  const stays = report.parts.some((part) => part.left > 0);
  if (report.parts.length === 0) return null;
  return (
    <div className={classes.frame}>
      <table className={classes.table}>
        <thead>
          <tr>
            <th>{t("hand-over.what")}</th>
            {columns.map(([id, name]) => (
              <th key={id} className={classes.number}>
                <span className={classes.head}>
                  <Avatar name={name} size={22} />
                  {name}
                </span>
              </th>
            ))}
            {alone && <th className={classes.number}>{t("hand-over.ended")}</th>}
            {stays && <th className={classes.number}>{t("hand-over.left")}</th>}
          </tr>
        </thead>
        <tbody>
          {report.parts.map((part) => (
            <tr key={part.part}>
              <td>
                <PartLabel part={part} />
              </td>
              {columns.map(([id, name]) => (
                <Cell key={id} name={name} count={countFor(part, id)} />
              ))}
              {alone && <Cell name={t("hand-over.ended")} count={countFor(part, NOBODY)} />}
              {stays && <Cell name={t("hand-over.left")} count={part.left} />}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function Cell({ name, count }: { name: string; count: number }) {
  return (
    <td className={classes.number} data-name={name} data-none={count === 0 || undefined}>
      {count === 0 ? "—" : formatNumber(count)}
    </td>
  );
}

const countFor = (part: HandedPart, member: string) =>
  part.to.find((to) => (to.member?.id ?? NOBODY) === member)?.count ?? 0;
