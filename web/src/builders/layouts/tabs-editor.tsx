/** The tabs of a record's page and the panels in each. */
import { ActionIcon, Button, Menu } from "@mantine/core";
import { ArrowDown, ArrowUp, Ellipsis, Pencil, Plus, Trash2 } from "lucide-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { CatalogObject, PageSection, PageTab, Panel } from "@/api/types";
import { label } from "@/lib/label";
import { LabelInputs } from "../objects/label-inputs";
import classes from "./layouts.module.css";
import { changed, shifted } from "./model";
import { PanelForm } from "./panel-form";
import { PANELS, type PanelKind, panelWords } from "./panel-kinds";

interface TabsEditorProps {
  known: CatalogObject;
  tabs: PageTab[];
  sections: readonly PageSection[];
  onChange(tabs: PageTab[]): void;
}

/** The tabs to begin with: what a page without a layout of its own shows. */
export function usualTabs(known: CatalogObject): PageTab[] {
  const tab = (key: string, chinese: string, english: string, panels: Panel[]): PageTab => ({
    key,
    label: { "zh-CN": chinese, en: english },
    panels,
  });
  return [
    tab("details", "资料", "Details", [{ kind: "facts" }]),
    ...(known.features.includes("timeline")
      ? [tab("timeline", "动态", "Timeline", [{ kind: "timeline" }])]
      : []),
    ...known.relations.slice(0, 10).map((relation) => ({
      key: relation.key,
      label: relation.label,
      panels: [{ kind: "related" as const, relation: relation.key }],
    })),
    tab("changes", "修改记录", "Changes", [{ kind: "changes" }]),
  ];
}

function freeKey(tabs: readonly PageTab[]): string {
  let number = tabs.length + 1;
  while (tabs.some(({ key }) => key === `tab_${number}`)) number += 1;
  return `tab_${number}`;
}

export function TabsEditor({ known, tabs, sections, onChange }: TabsEditorProps) {
  const { t } = useTranslation();
  const add = () =>
    onChange([...tabs, { key: freeKey(tabs), label: { "zh-CN": "新页签", en: "New tab" }, panels: [] }]);
  return (
    <div className={classes.canvas}>
      {tabs.map((tab, at) => (
        <TabCard
          key={tab.key}
          known={known}
          sections={sections}
          tab={tab}
          at={at}
          of={tabs.length}
          onChange={(values) => onChange(changed(tabs, at, values))}
          onMove={(to) => onChange(shifted(tabs, at, to))}
          onRemove={() => onChange(tabs.toSpliced(at, 1))}
        />
      ))}
      <Button
        variant="default"
        leftSection={<Plus size={15} />}
        onClick={add}
        style={{ alignSelf: "flex-start" }}
      >
        {t("layouts.add_tab")}
      </Button>
    </div>
  );
}

interface TabCardProps {
  known: CatalogObject;
  sections: readonly PageSection[];
  tab: PageTab;
  at: number;
  of: number;
  onChange(values: Partial<PageTab>): void;
  onMove(to: number): void;
  onRemove(): void;
}

function TabCard({ known, sections, tab, at, of, onChange, onMove, onRemove }: TabCardProps) {
  const { t } = useTranslation();
  /** The panel whose settings are open: a new one has no place yet. */
  const [opened, setOpened] = useState<{ panel: Panel; place: number | null } | null>(null);
  const name = label(tab.label);
  const begin = (kind: PanelKind) => setOpened({ panel: PANELS[kind].blank(known), place: null });
  const keep = (panel: Panel) => {
    const place = opened?.place ?? null;
    onChange({ panels: place === null ? [...tab.panels, panel] : tab.panels.with(place, panel) });
    setOpened(null);
  };
  return (
    <section className={classes.card} aria-label={name}>
      <div className={classes.head}>
        <div className={classes.words}>
          <LabelInputs
            id={`tab-${tab.key}`}
            name={t("layouts.tab_name")}
            value={tab.label}
            onChange={(words) => onChange({ label: { "zh-CN": words["zh-CN"] ?? "", en: words.en ?? "" } })}
          />
        </div>
        <Order
          name={t("layouts.tab_actions", { name })}
          at={at}
          of={of}
          onMove={onMove}
          onRemove={onRemove}
        />
      </div>
      <ul className={classes.panels}>
        {tab.panels.map((panel, place) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: panels have no identity but their place.
          <li key={place} className={classes.panel} data-width={panel.width ?? 3}>
            <button type="button" className={classes.panelName} onClick={() => setOpened({ panel, place })}>
              {label(panel.label) || t(`layouts.panel_${panel.kind}`)}
              <span className={classes.help}>{panelWords(known, panel)}</span>
            </button>
            <Order
              name={t("layouts.panel_actions", { name: t(`layouts.panel_${panel.kind}`) })}
              at={place}
              of={tab.panels.length}
              onEdit={() => setOpened({ panel, place })}
              onMove={(to) => onChange({ panels: shifted(tab.panels, place, to) })}
              onRemove={() => onChange({ panels: tab.panels.toSpliced(place, 1) })}
            />
          </li>
        ))}
      </ul>
      <Menu position="bottom-start" width={220}>
        <Menu.Target>
          <Button size="compact-sm" variant="subtle" leftSection={<Plus size={14} />}>
            {t("layouts.add_panel")}
          </Button>
        </Menu.Target>
        <Menu.Dropdown>
          {(Object.keys(PANELS) as PanelKind[])
            .filter((kind) => PANELS[kind].possible(known))
            .map((kind) => (
              <Menu.Item key={kind} onClick={() => begin(kind)}>
                {t(`layouts.panel_${kind}`)}
              </Menu.Item>
            ))}
        </Menu.Dropdown>
      </Menu>
      {opened && (
        <PanelForm
          known={known}
          sections={sections}
          panel={opened.panel}
          onKeep={keep}
          onClose={() => setOpened(null)}
        />
      )}
    </section>
  );
}

interface OrderProps {
  name: string;
  at: number;
  of: number;
  onEdit?(): void;
  onMove(to: number): void;
  onRemove(): void;
}

function Order({ name, at, of, onEdit, onMove, onRemove }: OrderProps) {
  const { t } = useTranslation();
  return (
    <Menu position="bottom-end" width={180}>
      <Menu.Target>
        <ActionIcon variant="subtle" color="gray" mb={4} aria-label={name}>
          <Ellipsis size={16} />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        {onEdit && (
          <Menu.Item leftSection={<Pencil size={15} />} onClick={onEdit}>
            {t("objects.edit")}
          </Menu.Item>
        )}
        <Menu.Item leftSection={<ArrowUp size={15} />} disabled={at === 0} onClick={() => onMove(at - 1)}>
          {t("layouts.move_up")}
        </Menu.Item>
        <Menu.Item
          leftSection={<ArrowDown size={15} />}
          disabled={at === of - 1}
          onClick={() => onMove(at + 1)}
        >
          {t("layouts.move_down")}
        </Menu.Item>
        <Menu.Item leftSection={<Trash2 size={15} />} onClick={onRemove}>
          {t("layouts.remove")}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
