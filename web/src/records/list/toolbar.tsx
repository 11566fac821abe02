/** The second row of a list: search, filter, sort, group, fields, row height; count and more at the right. */
import { Badge, Button, Drawer } from "@mantine/core";
import { Filter as FilterIcon } from "lucide-react";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import type { CatalogObject, CountResult, Filter } from "@/api/types";
import { formatNumber } from "@/lib/format";
import { label } from "@/lib/label";
import { FilterBuilder } from "../filter/filter-builder";
import { FilterChips } from "../filter/filter-chips";
import { useNamedFilter } from "../filter/use-named-filter";
import { countRules } from "../query/filter";
import type { ListState } from "../query/use-list-state";
import type { RowsQuery } from "../query/use-row-stores";
import { ColumnsMenu } from "./columns-menu";
import { DensityMenu } from "./density-menu";
import { GroupMenu } from "./group-menu";
import classes from "./list.module.css";
import { MoreMenu } from "./more-menu";
import { SearchBox } from "./search-box";
import { SortMenu } from "./sort-menu";
import { ToolPanel } from "./tool-panel";
import { TypeSwitch } from "./type-switch";
import { useNarrow } from "./use-narrow";

export type Filtering = { field?: string } | null;

export function Toolbar({
  object,
  list,
  count,
  query,
  filtering,
  onFiltering,
  children,
}: {
  object: CatalogObject;
  list: ListState;
  count: CountResult | undefined;
  query: RowsQuery;
  /** Open when set; with a field a condition on it is begun. */
  filtering: Filtering;
  onFiltering(filtering: Filtering): void;
  /** Stands after the search, such as the choice of a pipeline. */
  children?: ReactNode;
}) {
  const { t } = useTranslation();
  const narrow = useNarrow();
  const { state, change } = list;
  const where = useNamedFilter(object, state.where);
  const board = state.type === "board";
  return (
    <>
      <div className={classes.toolbar} role="toolbar" aria-label={t("list.toolbar")}>
        <SearchBox
          text={list.text}
          label={t("list.search_in", { name: label(object.plural) })}
          onChange={list.setText}
        />
        {children}
        <FilterButton
          object={object}
          list={list}
          where={where}
          filtering={filtering}
          onFiltering={onFiltering}
          narrow={narrow}
        />
        <SortMenu object={object} sort={state.sort} onChange={(sort) => change({ sort })} />
        {!board && !narrow && (
          <GroupMenu object={object} group={state.group} onChange={(group) => change({ group })} />
        )}
        {!board && (
          <ColumnsMenu object={object} columns={state.columns} onChange={(columns) => change({ columns })} />
        )}
        {!board && !narrow && (
          <DensityMenu density={state.density ?? "default"} onChange={(density) => change({ density })} />
        )}
        <span className={classes.space} />
        {count && (
          <span className={classes.count} aria-live="polite">
            {t(count.exact ? "list.count" : "list.count_about", {
              count: count.count,
              formatted: formatNumber(count.count),
            })}
          </span>
        )}
        <span className={classes.tail}>
          {object.board && object.features.includes("board") && (
            <TypeSwitch type={state.type} onChange={(type) => change({ type })} />
          )}
          <MoreMenu object={object} query={query} />
        </span>
      </div>
      {where && (
        <div className={classes.chips}>
          <FilterChips
            object={object}
            where={where}
            onEdit={() => onFiltering({})}
            onChange={(where) => change({ where })}
          />
        </div>
      )}
    </>
  );
}

function FilterButton({
  object,
  list,
  where,
  filtering,
  onFiltering,
  narrow,
}: {
  object: CatalogObject;
  list: ListState;
  /** The filter as people read it. */
  where: Filter | null;
  filtering: Filtering;
  onFiltering(filtering: Filtering): void;
  narrow: boolean;
}) {
  const { t } = useTranslation();
  const rules = countRules(where);
  const button = (
    <Button
      variant={rules > 0 ? "light" : "default"}
      leftSection={<FilterIcon size={15} />}
      rightSection={
        rules > 0 ? (
          <Badge size="sm" circle>
            {rules}
          </Badge>
        ) : undefined
      }
      aria-expanded={filtering !== null}
      onClick={() => onFiltering(filtering ? null : {})}
    >
      {t("list.filter")}
    </Button>
  );
  const builder: ReactNode = filtering && (
    <FilterBuilder
      object={object}
      where={where}
      startWith={filtering.field}
      onChange={(next) => list.change({ where: next })}
    />
  );
  if (narrow) {
    return (
      <>
        {button}
        <Drawer
          opened={filtering !== null}
          onClose={() => onFiltering(null)}
          position="bottom"
          size="80%"
          title={t("list.filter")}
          closeButtonProps={{ "aria-label": t("list.close") }}
        >
          {builder}
        </Drawer>
      </>
    );
  }
  return (
    <ToolPanel
      label={t("list.filter")}
      width={660}
      opened={filtering !== null}
      onOpened={(opened) => onFiltering(opened ? {} : null)}
      button={() => button}
    >
      {builder}
    </ToolPanel>
  );
}
