/** Records counted or summed by a field: those that are related to the record, or all of its object. */
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import type { CatalogObject, Panel, RecordRow } from "@/api/types";
import { findField, findObject, useCatalog } from "@/lib/catalog";
import { formatNumber } from "@/lib/format";
import { label } from "@/lib/label";
import { currentLanguage } from "@/lib/language";
import { groupRecords, recordKeys } from "@/lib/records";
import { EmptyState, ErrorState, RowsSkeleton } from "@/ui/states";
import { groupText, inGroupOrder } from "../query/groups";
import type { GroupBy } from "../query/list-state";
import { referring } from "../related/list-href";
import classes from "./chart.module.css";
import { amountOf, linePoints, type Mark, slices } from "./chart-shapes";

const GROUPS = 20;

interface ChartPanelProps {
  object: CatalogObject;
  record: RecordRow;
  panel: Panel;
}

export function ChartPanel({ object, record, panel }: ChartPanelProps) {
  const { t } = useTranslation();
  const catalog = useCatalog();
  const relation = object.relations.find(({ key }) => key === panel.relation);
  const counted = panel.relation ? findObject(catalog, relation?.object ?? "") : object;
  const field = counted && findField(counted, String(panel.group));
  const by: GroupBy = {
    field: String(panel.group),
    ...(field && (field.trait === "date" || field.trait === "datetime") && { bucket: "month" as const }),
  };
  const aggregate = panel.aggregate as { fn: string; field: string } | undefined;
  const back = counted && relation && findField(counted, relation.field);
  const request = {
    by: [by],
    where: back ? referring(back, record.id) : null,
    aggregates: aggregate ? [aggregate] : [],
    limit: GROUPS,
  };
  const query = useQuery({
    queryKey: recordKeys.group(counted?.key ?? "", request),
    queryFn: ({ signal }) => groupRecords(counted?.key ?? "", request, signal),
    enabled: field !== undefined,
  });
  if (!counted || !field) return <EmptyState compact kind="forbidden" title={t("page.unseen_panel")} />;
  if (query.isPending) return <RowsSkeleton rows={4} />;
  if (query.isError) return <ErrorState compact error={query.error} onRetry={() => query.refetch()} />;
  const marks = inGroupOrder(query.data.groups, field, new Map()).map(
    ({ keys: [key], count, values }): Mark => ({
      name: groupText(by, field, key, currentLanguage()) || t("page.nothing"),
      amount: aggregate ? amountOf(values[0]) : count,
    }),
  );
  if (marks.length === 0) return <EmptyState compact title={t("page.no_numbers")} />;
  const what = aggregate ? label(findField(counted, aggregate.field)?.label) : label(counted.plural);
  return (
    <figure className={classes.chart} aria-label={`${what} · ${label(field.label)}`}>
      {panel.shape === "line" && <Line marks={marks} />}
      {panel.shape === "pie" && <Pie marks={marks} />}
      <Marks
        marks={marks}
        bars={panel.shape !== "line" && panel.shape !== "pie"}
        pie={panel.shape === "pie"}
      />
    </figure>
  );
}

/** Every mark in words and numbers; as bars, the picture as well. */
function Marks({ marks, bars, pie }: { marks: Mark[]; bars: boolean; pie: boolean }) {
  const most = Math.max(...marks.map(({ amount }) => Math.abs(amount)), 1);
  return (
    <ul className={classes.marks}>
      {marks.map(({ name, amount }, at) => (
        <li key={name} className={classes.mark}>
          {pie && <span className={classes.dot} data-hue={at % HUES} />}
          <span className={classes.name}>{name}</span>
          {bars && (
            <span className={classes.track}>
              <span className={classes.bar} style={{ width: `${(Math.abs(amount) / most) * 100}%` }} />
            </span>
          )}
          <span className={classes.amount}>{formatNumber(amount)}</span>
        </li>
      ))}
    </ul>
  );
}

const HUES = 10;
const WIDTH = 300;
const HEIGHT = 96;

function Line({ marks }: { marks: Mark[] }) {
  return (
    <svg
      className={classes.line}
      viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
      preserveAspectRatio="none"
      aria-hidden="true"
    >
      <polyline points={linePoints(marks, WIDTH, HEIGHT)} vectorEffect="non-scaling-stroke" />
    </svg>
  );
}

function Pie({ marks }: { marks: Mark[] }) {
  return (
    <svg className={classes.pie} viewBox="-1 -1 2 2" aria-hidden="true">
      {slices(marks).map((path, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: slices have no identity but their place.
        <path key={at} d={path} data-hue={at % HUES} />
      ))}
    </svg>
  );
}
