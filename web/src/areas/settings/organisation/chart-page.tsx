/** The organisation chart: departments with their people, as a tree that is drawn wide and read with keys. */
import { Button, Switch } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { ChevronDown } from "lucide-react";
import { type KeyboardEvent, useEffect, useMemo, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { useSystemRight } from "@/lib/rights";
import { useToday } from "@/lib/today";
import { usePageTitle } from "@/lib/use-page-title";
import { currentWorkspace } from "@/lib/workspace";
import { RecordLink } from "@/records/lookup/record-link";
import { Avatar } from "@/ui/avatar";
import { Chip } from "@/ui/chip";
import { Page, PageHeader } from "@/ui/page";
import { EmptyState, ErrorState, RowsSkeleton } from "@/ui/states";
import { departmentsQuery, lasts, membersQuery, positionsQuery } from "../people";
import { buildChart, type ChartNode, type ChartPerson, idOf, isStacked, keyAt } from "./chart";
import classes from "./chart.module.css";

export function ChartPage() {
  const { t } = useTranslation();
  const departments = useQuery(departmentsQuery());
  const members = useQuery(membersQuery());
  const day = useToday();
  const positions = useQuery(positionsQuery(day));
  const manages = useSystemRight("members");
  const [people, setPeople] = useState(true);
  usePageTitle(t("organisation.chart"));
  const roots = useMemo(() => {
    const held = (positions.data ?? []).filter((position) => lasts(position, day));
    return buildChart(departments.data ?? [], members.data ?? [], held, t("organisation.unplaced"));
  }, [departments.data, members.data, positions.data, day, t]);
  const failed = departments.error ?? members.error;
  return (
    <Page
      header={
        <PageHeader
          title={t("organisation.chart")}
          trail={
            <Link
              className={classes.trail}
              to="/w/$ws/settings/departments"
              params={{ ws: currentWorkspace() }}
            >
              {t("settings.departments")}
            </Link>
          }
          actions={
            <Switch
              label={t("organisation.show_people")}
              checked={people}
              onChange={(event) => setPeople(event.currentTarget.checked)}
            />
          }
        />
      }
    >
      {failed ? (
        <ErrorState error={failed} onRetry={() => departments.refetch()} />
      ) : departments.isPending || members.isPending ? (
        <RowsSkeleton rows={6} height={64} />
      ) : departments.data?.length === 0 ? (
        <EmptyState
          title={t("settings.no_departments")}
          action={
            manages && (
              <Button
                renderRoot={(props) => (
                  <Link to="/w/$ws/settings/departments" params={{ ws: currentWorkspace() }} {...props} />
                )}
              >
                {t("organisation.to_departments")}
              </Button>
            )
          }
        >
          {t("settings.no_departments_text")}
        </EmptyState>
      ) : (
        <Chart roots={roots} people={people} />
      )}
    </Page>
  );
}

function Chart({ roots, people }: { roots: ChartNode[]; people: boolean }) {
  const { t } = useTranslation();
  const [closed, setClosed] = useState<ReadonlySet<string>>(new Set());
  const [at, setAt] = useState(idOf(roots[0] as ChartNode));
  const tree = useRef<HTMLDivElement>(null);
  const stepped = useRef(false);

  useEffect(() => {
    if (!stepped.current) return;
    stepped.current = false;
    tree.current?.querySelector<HTMLElement>(`[data-node="${at}"]`)?.focus();
  }, [at]);

  const toggle = (id: string) => {
    const next = new Set(closed);
    if (!next.delete(id)) next.add(id);
    setClosed(next);
  };
  const onKeyDown = (event: KeyboardEvent<HTMLElement>) => {
    // Keys on a link or a button within a card are its own.
    if ((event.target as HTMLElement).dataset.node === undefined) return;
    const done = keyAt(event.key, at, roots, closed);
    if (!done) return;
    event.preventDefault();
    if (done.toggle) toggle(at);
    if (done.to) {
      stepped.current = true;
      setAt(done.to);
    }
  };
  const shared = { closed, at, people, onAt: setAt, onToggle: toggle };
  return (
    <div className={classes.frame}>
      <div
        ref={tree}
        role="tree"
        aria-label={t("organisation.chart")}
        className={classes.tree}
        onKeyDown={onKeyDown}
      >
        {roots.map((node) => (
          <Branch key={idOf(node)} node={node} level={1} {...shared} />
        ))}
      </div>
    </div>
  );
}

function Branch({
  node,
  level,
  ...shared
}: {
  node: ChartNode;
  level: number;
  closed: ReadonlySet<string>;
  /** The node that the keyboard stands on. */
  at: string;
  people: boolean;
  onAt(id: string): void;
  onToggle(id: string): void;
}) {
  const { t } = useTranslation();
  const id = idOf(node);
  const hasBelow = node.children.length > 0;
  const opened = hasBelow && !shared.closed.has(id);
  return (
    <div
      role="treeitem"
      className={classes.branch}
      aria-level={level}
      aria-label={node.name}
      aria-expanded={hasBelow ? opened : undefined}
      data-node={id}
      tabIndex={shared.at === id ? 0 : -1}
      onFocus={(event) => event.target === event.currentTarget && shared.onAt(id)}
    >
      <div className={classes.card}>
        <div className={classes.head}>
          <span className={classes.name}>{node.name}</span>
          <span className={classes.count}>{t("settings.people", { count: node.count })}</span>
          {hasBelow && (
            <button
              type="button"
              tabIndex={-1}
              className={classes.toggle}
              data-closed={!opened || undefined}
              aria-label={t(opened ? "organisation.close_branch" : "organisation.open_branch", {
                name: node.name,
              })}
              onClick={() => shared.onToggle(id)}
            >
              <ChevronDown size={16} />
            </button>
          )}
        </div>
        {shared.people && node.people.length > 0 && (
          <ul className={classes.people}>
            {node.people.map((one) => (
              <Person key={one.id} person={one} />
            ))}
          </ul>
        )}
      </div>
      {opened && (
        // biome-ignore lint/a11y/useSemanticElements: a fieldset is for forms
        <div role="group" className={classes.below} data-stacked={isStacked(node) || undefined}>
          {node.children.map((child) => (
            <Branch key={idOf(child)} node={child} level={level + 1} {...shared} />
          ))}
        </div>
      )}
    </div>
  );
}

function Person({ person }: { person: ChartPerson }) {
  const { t } = useTranslation();
  return (
    <li className={classes.person}>
      <Avatar name={person.name} size={24} />
      <span className={classes.words}>
        <RecordLink className={classes.link} object="member" id={person.id}>
          {person.name}
        </RecordLink>
        {person.title && <span className={classes.title}>{person.title}</span>}
      </span>
      {person.isHead ? (
        <Chip hue="blue">{t("organisation.head")}</Chip>
      ) : (
        person.isFurther && <Chip>{t("organisation.further")}</Chip>
      )}
    </li>
  );
}
