/** Two roles beside each other, and only where they differ. */
import { SegmentedControl, Select } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { getRouteApi, Link, useNavigate } from "@tanstack/react-router";
import { ChevronRight } from "lucide-react";
import { Fragment, useState } from "react";
import { useTranslation } from "react-i18next";
import { useCatalog } from "@/lib/catalog";
import { usePageTitle } from "@/lib/use-page-title";
import { currentWorkspace } from "@/lib/workspace";
import { Page, PageHeader } from "@/ui/page";
import { EmptyState, ErrorState, RowsSkeleton } from "@/ui/states";
import things from "@/ui/things.module.css";
import classes from "./compare.module.css";
import { type Comparison, compared } from "./comparison";
import { type Role, rolesQuery } from "./requests";
import shared from "./roles.module.css";

const route = getRouteApi("/w/$ws/settings/roles/compare");

export function ComparePage() {
  const { t } = useTranslation();
  const roles = useQuery(rolesQuery());
  usePageTitle(t("roles.compare"));
  const ws = currentWorkspace();
  return (
    <Page
      width={960}
      header={
        <PageHeader
          trail={
            <>
              <Link className={shared.link} to="/w/$ws/settings/roles" params={{ ws }}>
                {t("roles.title")}
              </Link>
              <ChevronRight size={14} aria-hidden />
            </>
          }
          title={t("roles.compare")}
        />
      }
    >
      {roles.isError ? (
        <ErrorState error={roles.error} onRetry={() => roles.refetch()} />
      ) : roles.isPending ? (
        <RowsSkeleton rows={8} />
      ) : (
        <Compared roles={roles.data} />
      )}
    </Page>
  );
}

function Compared({ roles }: { roles: Role[] }) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const catalog = useCatalog();
  const search = route.useSearch();
  const [shown, setShown] = useState<"differences" | "all">("differences");
  const one = roles.find(({ id }) => id === search.one) ?? roles[0];
  const other = roles.find(({ id }) => id === search.other) ?? roles.find(({ id }) => id !== one?.id);
  if (!one || !other) return <EmptyState title={t("roles.one_role_only")} />;
  const choose = (which: "one" | "other", id: string | null) =>
    id &&
    navigate({
      to: "/w/$ws/settings/roles/compare",
      params: { ws: currentWorkspace() },
      search: { one: one.id, other: other.id, [which]: id },
      replace: true,
    });
  const data = roles.map(({ id, name }) => ({ value: id, label: name }));
  const parts = compared(one.permissions, other.permissions, catalog, t)
    .map((part) => ({
      ...part,
      lines: part.lines.filter((line) => shown === "all" || line.one !== line.other),
    }))
    .filter(({ lines }) => lines.length > 0);
  return (
    <>
      <div className={things.tools}>
        <Select
          className={classes.compared}
          aria-label={t("roles.first_role")}
          allowDeselect={false}
          data={data}
          value={one.id}
          onChange={(id) => choose("one", id)}
        />
        <Select
          className={classes.compared}
          aria-label={t("roles.second_role")}
          allowDeselect={false}
          data={data}
          value={other.id}
          onChange={(id) => choose("other", id)}
        />
        <span className={classes.space} />
        <SegmentedControl
          size="xs"
          aria-label={t("roles.shown")}
          data={[
            { value: "differences", label: t("roles.shown_differences") },
            { value: "all", label: t("roles.shown_all") },
          ]}
          value={shown}
          onChange={(next) => setShown(next as "differences" | "all")}
        />
      </div>
      {parts.length === 0 ? (
        <EmptyState title={t("roles.no_difference")} />
      ) : (
        <div className={classes.frame}>
          <table className={classes.table}>
            <thead>
              <tr>
                <th scope="col">{t("roles.right")}</th>
                <th scope="col">{one.name}</th>
                <th scope="col">{other.name}</th>
              </tr>
            </thead>
            <tbody>
              {parts.map((part) => (
                <Part key={part.key} part={part} />
              ))}
            </tbody>
          </table>
        </div>
      )}
    </>
  );
}

function Part({ part }: { part: Comparison }) {
  return (
    <Fragment>
      <tr className={classes.group}>
        <th colSpan={3} scope="rowgroup">
          {part.title}
        </th>
      </tr>
      {part.lines.map((line) => (
        <tr key={line.key} data-differs={line.one !== line.other || undefined}>
          <th scope="row">{line.name}</th>
          <td>{line.one}</td>
          <td>{line.other}</td>
        </tr>
      ))}
    </Fragment>
  );
}
