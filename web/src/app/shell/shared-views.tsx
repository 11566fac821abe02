/** Views the workspace shares, one click away. */
import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { findObject, useCatalog } from "@/lib/catalog";
import { queryRecords, recordKeys } from "@/lib/records";
import { can } from "@/lib/rights";
import { currentWorkspace } from "@/lib/workspace";
import { IconByName } from "@/ui/icon-by-name";
import { NavItem } from "./sidebar";
import classes from "./sidebar.module.css";

const QUERY = {
  select: ["name", "object", "type"],
  where: { field: "scope", op: "eq", value: "shared" },
  sort: [{ field: "position", dir: "asc" as const }],
  limit: 8,
};

export function SharedViews() {
  const { t } = useTranslation();
  const catalog = useCatalog();
  const known = findObject(catalog, "view") !== undefined;
  const { data } = useQuery({
    queryKey: recordKeys.page("view", QUERY),
    queryFn: ({ signal }) => queryRecords("view", QUERY, signal),
    enabled: known,
  });
  const views = (data?.rows ?? []).filter((view) => can(findObject(catalog, String(view.object)), "read"));
  if (views.length === 0) return null;
  return (
    <section className={classes.group}>
      <h2 className={classes.heading}>{t("app.shared_views")}</h2>
      {views.map((view) => (
        <NavItem
          key={view.id}
          icon={<IconByName name={view.type === "board" ? "kanban" : "table-2"} />}
          text={String(view.name)}
        >
          {(props) => (
            <Link
              to="/w/$ws/o/$object"
              params={{ ws: currentWorkspace(), object: String(view.object) }}
              search={{ view: view.id }}
              activeOptions={{ includeSearch: true }}
              {...props}
            />
          )}
        </NavItem>
      ))}
    </section>
  );
}
