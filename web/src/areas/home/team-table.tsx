/** The department by member: what everybody has in hand, won this month, and where leads wait. */
import { Table } from "@mantine/core";
import { useQueries } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { Filter, GroupRequest, GroupResult } from "@/api/types";
import { formatNumber } from "@/lib/format";
import { useMe } from "@/lib/me";
import { moneyPartsText, moneySumText } from "@/lib/money-sums";
import { groupRecords, recordKeys } from "@/lib/records";
import { currentWorkspace } from "@/lib/workspace";
import { EmptyState } from "@/ui/states";
import { Card } from "./card";
import classes from "./home-page.module.css";
import { byOwner, open, overdue, stalledLeads, waitingLeads, wonThisMonth } from "./questions";
import { type Column, memberRows } from "./team";
import type { Viewpoint } from "./whose";

interface Asked {
  column: Column;
  object: string;
  where: Filter;
  sum?: string;
}

export function TeamTable({ view, leads, tasks }: { view: Viewpoint; leads: boolean; tasks: boolean }) {
  const { t } = useTranslation();
  const { workspace } = useMe();
  const [now] = useState(() => new Date());
  const asked: Asked[] = [
    { column: "open", object: "opportunity", where: open(view.filter), sum: "amount" },
    { column: "won", object: "opportunity", where: wonThisMonth(view.filter), sum: "amount" },
    ...(leads
      ? [
          { column: "waiting" as const, object: "lead", where: waitingLeads(view.filter) },
          { column: "stalled" as const, object: "lead", where: stalledLeads(view.filter, now) },
        ]
      : []),
    ...(tasks ? [{ column: "overdue" as const, object: "task", where: overdue(view.filter, now) }] : []),
  ];
  const query = useQueries({
    queries: asked.map(({ object, where, sum }) => {
      const request: GroupRequest = byOwner(where, sum);
      return {
        queryKey: recordKeys.group(object, request),
        queryFn: ({ signal }: { signal: AbortSignal }) => groupRecords(object, request, signal),
      };
    }),
    combine: (answers) => ({
      data: answers.every(({ data }) => data) ? answers.map(({ data }) => data as GroupResult) : undefined,
      error: answers.find(({ error }) => error)?.error ?? null,
      isError: answers.some(({ isError }) => isError),
      refetch: () => Promise.all(answers.map(({ refetch }) => refetch())),
    }),
  });
  return (
    <Card title={t("home.team")} query={query}>
      {(results) => {
        const members = memberRows(
          asked.map(({ column }, at) => [column, results[at] as GroupResult]),
          workspace.currency,
        );
        if (members.length === 0) {
          return (
            <EmptyState compact title={t("home.no_team")}>
              {t("home.no_team_text")}
            </EmptyState>
          );
        }
        return (
          <Table.ScrollContainer minWidth={640}>
            <Table className={classes.team}>
              <Table.Thead>
                <Table.Tr>
                  <Table.Th>{t("home.team_member")}</Table.Th>
                  {asked.map(({ column }) => (
                    <Table.Th key={column} ta="right">
                      {t(`home.team_${column}`)}
                    </Table.Th>
                  ))}
                </Table.Tr>
              </Table.Thead>
              <Table.Tbody>
                {members.map((member) => (
                  <Table.Tr key={member.id}>
                    <Table.Th scope="row" fw={500}>
                      {member.name}
                    </Table.Th>
                    {asked.map(({ column, object, where, sum }) => {
                      const { count, amounts } = member.cells[column] ?? { count: 0, amounts: [] };
                      return (
                        <Table.Td key={column} ta="right" title={moneyPartsText(amounts)}>
                          {count === 0 ? (
                            <span className={classes.quiet}>0</span>
                          ) : (
                            <Link
                              className={classes.link}
                              data-alarm={column === "stalled" || column === "overdue"}
                              to="/w/$ws/o/$object"
                              params={{ ws: currentWorkspace(), object }}
                              search={{ type: "table", where: ofMember(where, member.id) }}
                            >
                              {formatNumber(count)}
                              {sum && ` · ${moneySumText(amounts, "short")}`}
                            </Link>
                          )}
                        </Table.Td>
                      );
                    })}
                  </Table.Tr>
                ))}
              </Table.Tbody>
            </Table>
          </Table.ScrollContainer>
        );
      }}
    </Card>
  );
}

/** The same question of one member alone. */
function ofMember(where: Filter, member: string): Filter {
  return { and: [{ field: "owner", op: "eq", value: member }, where] };
}
