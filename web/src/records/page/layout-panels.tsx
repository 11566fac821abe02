/** The panels of a tab that a layout has made: beside each other where they are narrow. */
import { lazy, type ReactNode } from "react";
import { useTranslation } from "react-i18next";
import type { CatalogObject, Label, PageLayout, Panel, RecordRow } from "@/api/types";
import { findField } from "@/lib/catalog";
import { label } from "@/lib/label";
import { currentLanguage } from "@/lib/language";
import { EmptyState } from "@/ui/states";
import { fieldKind } from "../field-kinds";
import { isShown, type Reaction } from "../form/reaction";
import { RelatedList } from "../related/related-list";
import { ChangeHistory } from "../timeline/change-history";
import { Timeline } from "../timeline/timeline";
import { Facts } from "./facts";
import { FilesTab } from "./files-tab";
import classes from "./page.module.css";
import type { useRecord } from "./use-record";

const ChartPanel = lazy(() => import("./chart-panel").then((module) => ({ default: module.ChartPanel })));

interface LayoutPanelsProps {
  object: CatalogObject;
  record: RecordRow;
  state: ReturnType<typeof useRecord>;
  layout: PageLayout;
  reaction: Reaction;
  panels: readonly Panel[];
}

interface PanelProps extends Omit<LayoutPanelsProps, "panels"> {
  panel: Panel;
}

export function LayoutPanels({ panels, ...props }: LayoutPanelsProps) {
  return (
    <div className={classes.panels}>
      {panels.map((panel, index) => {
        const Content = PANELS[panel.kind];
        const title = label(panel.label);
        return (
          // biome-ignore lint/suspicious/noArrayIndexKey: panels have no identity but their place.
          <section key={index} className={classes.part} data-width={panel.width ?? 3} data-panel={panel.kind}>
            {title && <h2 className={classes.partTitle}>{title}</h2>}
            <Content {...props} panel={panel} />
          </section>
        );
      })}
    </div>
  );
}

function FactsPanel({ panel, ...props }: PanelProps) {
  return <Facts {...props} only={panel.sections as number[] | undefined} />;
}

function TimelinePanel({ object, record, panel }: PanelProps) {
  const kinds = (panel.kinds ?? []) as ("activity" | "change")[];
  return <Timeline object={object} record={record} only={kinds.length === 1 ? kinds[0] : undefined} />;
}

function RelatedPanel({ object, record, panel }: PanelProps) {
  const relation = object.relations.find(({ key }) => key === panel.relation);
  if (!relation) return <Unseen />;
  return (
    <RelatedList
      object={object}
      record={record}
      relation={relation}
      chosen={panel.columns as string[] | undefined}
      limit={panel.limit as number | undefined}
    />
  );
}

function FilesPanel({ object, record, state }: PanelProps) {
  const { t } = useTranslation();
  const fields = object.fields.filter((field) => field.kind === "file" && !field.hidden);
  if (fields.length === 0) return <EmptyState compact title={t("page.no_files")} />;
  return <FilesTab object={object} record={record} fields={fields} save={state.save} />;
}

function ChangesPanel({ object, record }: PanelProps) {
  return <ChangeHistory object={object} record={record} />;
}

function TextPanel({ panel }: PanelProps) {
  return <p className={classes.words}>{label(panel.text as Label)}</p>;
}

function ButtonsPanel({ object, record, reaction, panel }: PanelProps) {
  const keys = (panel.actions ?? []) as string[];
  const buttons = keys.flatMap((key): ReactNode[] => {
    const field = findField(object, key);
    if (!field || !isShown(field, reaction)) return [];
    const { Display } = fieldKind(field.kind);
    return [
      <Display
        key={key}
        value={null}
        field={field}
        language={currentLanguage()}
        record={record}
        object={object.key}
      />,
    ];
  });
  return buttons.length > 0 ? <div className={classes.buttons}>{buttons}</div> : <Unseen />;
}

/** A panel whose content this person may not see. */
function Unseen() {
  const { t } = useTranslation();
  return <EmptyState compact kind="forbidden" title={t("page.unseen_panel")} />;
}

const PANELS: Record<Panel["kind"], (props: PanelProps) => ReactNode> = {
  facts: FactsPanel,
  timeline: TimelinePanel,
  related: RelatedPanel,
  files: FilesPanel,
  changes: ChangesPanel,
  text: TextPanel,
  buttons: ButtonsPanel,
  chart: ({ object, record, panel }) => <ChartPanel object={object} record={record} panel={panel} />,
};
