/** The list of one object: its views, its toolbar, and its records as a table or a board. */
import { Button } from "@mantine/core";
import { getRouteApi, Link } from "@tanstack/react-router";
import { Plus, Upload } from "lucide-react";
import { useTranslation } from "react-i18next";
import type { CatalogObject } from "@/api/types";
import { useObject } from "@/lib/catalog";
import { label } from "@/lib/label";
import { can } from "@/lib/rights";
import { usePageTitle } from "@/lib/use-page-title";
import { currentWorkspace } from "@/lib/workspace";
import { IconByName } from "@/ui/icon-by-name";
import { lazily } from "@/ui/lazily";
import { Page, PageHeader } from "@/ui/page";
import { EmptyState, RowsSkeleton } from "@/ui/states";
import { openCreateDialog } from "../form/create-dialog";
import { HomeLink } from "../page/home-link";
import { useListState } from "../query/use-list-state";
import { defaultViewId } from "../views/default-view";
import { useViews } from "../views/use-views";
import type { View } from "../views/view-model";
import { ViewTabs } from "../views/view-tabs";
import { TableView } from "./table-view";

const BoardView = lazily(async () => ({ default: (await import("../board/board-view")).BoardView }), "100%");

const route = getRouteApi("/w/$ws/o/$object");

export function ListPage() {
  const { t } = useTranslation();
  const key = route.useParams().object;
  const object = useObject(key);
  usePageTitle(label(object?.plural) || t("list.unknown_object"));
  if (!object)
    return (
      <EmptyState
        kind="search"
        title={t("list.unknown_object")}
        action={<HomeLink ws={currentWorkspace()} />}
      />
    );
  if (!can(object, "read"))
    return (
      <EmptyState
        kind="forbidden"
        title={t("list.forbidden", { name: label(object.plural) })}
        action={<HomeLink ws={currentWorkspace()} />}
      >
        {t("list.forbidden_text")}
      </EmptyState>
    );
  return <ObjectList key={key} object={object} />;
}

function ObjectList({ object }: { object: CatalogObject }) {
  const { view: wanted } = route.useSearch();
  const { views, isPending } = useViews(object);
  const chosen = wanted ?? defaultViewId(object.key) ?? "all";
  const view = views.find((each) => each.id === chosen) ?? (isPending ? undefined : views[0]);
  if (!view) return <RowsSkeleton />;
  return <ViewOfList object={object} views={views} view={view} />;
}

function ViewOfList({ object, views, view }: { object: CatalogObject; views: View[]; view: View }) {
  const { t } = useTranslation();
  const list = useListState(view);
  const onNew = can(object, "create")
    ? (values: Record<string, unknown> = {}) => openCreateDialog(object.key, values)
    : undefined;
  const importing = can(object, "import") && object.features.includes("import");
  const header = (
    <PageHeader
      title={label(object.plural)}
      icon={<IconByName name={object.icon} />}
      actions={
        <>
          {importing && (
            <Button
              variant="default"
              leftSection={<Upload size={15} />}
              visibleFrom="sm"
              renderRoot={(props) => (
                <Link {...props} to="/w/$ws/import" from="/w/$ws/o/$object" search={{ object: object.key }} />
              )}
            >
              {t("list.import")}
            </Button>
          )}
          {onNew && (
            <Button leftSection={<Plus size={15} />} onClick={() => onNew()}>
              {t("list.new")}
            </Button>
          )}
        </>
      }
    >
      <ViewTabs object={object} views={views} view={view} list={list} />
    </PageHeader>
  );
  return (
    <Page header={header} fill>
      {list.state.type === "board" && object.board ? (
        <BoardView object={object} list={list} onNew={onNew} />
      ) : (
        <TableView object={object} list={list} onNew={onNew} />
      )}
    </Page>
  );
}
