/** The sections of a layout beside the fields that are in none of them. */
import { Button, TextInput } from "@mantine/core";
import { Plus, Search } from "lucide-react";
import { useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import type { CatalogObject, Field, PageSection } from "@/api/types";
import { label } from "@/lib/label";
import { FieldChip } from "./field-chip";
import classes from "./layouts.module.css";
import { changed, type LayoutValues, movedSection, placed, unplaced, withoutField, withWidth } from "./model";
import { SectionCard } from "./section-card";
import { useFieldDrop } from "./use-field-drag";

interface SectionsEditorProps {
  known: CatalogObject;
  draft: LayoutValues & { sections: PageSection[] };
  onChange(values: Partial<LayoutValues>): void;
}

const NEW: PageSection = {
  label: { "zh-CN": "新分组", en: "New section" },
  columns: 2,
  collapsed: false,
  fields: [],
};

export function SectionsEditor({ known, draft, onChange }: SectionsEditorProps) {
  const { t } = useTranslation();
  const { sections } = draft;
  const put = (next: PageSection[]) => onChange({ sections: next });
  const move = (from: number, to: number | null) => {
    const next = movedSection(draft, from, to);
    onChange({ sections: next.sections, tabs: next.tabs });
  };
  const names = sections.map(
    (section, at) => label(section.label) || t("layouts.section_number", { at: at + 1 }),
  );
  return (
    <div className={classes.designer}>
      <Palette
        fields={unplaced(known.fields, sections)}
        names={names}
        onPlace={(key, section) =>
          put(placed(sections, key, { section, at: sections[section]?.fields.length ?? 0 }))
        }
        onDrop={(key) => put(withoutField(sections, key))}
      />
      <div className={classes.canvas}>
        {sections.map((section, at) => (
          <SectionCard
            // biome-ignore lint/suspicious/noArrayIndexKey: sections have no identity but their place.
            key={at}
            known={known}
            section={section}
            at={at}
            names={names}
            onChange={(values) => put(changed(sections, at, values))}
            onMove={(to) => move(at, to)}
            onRemove={() => move(at, null)}
            onPlace={(key, to) => put(placed(sections, key, to))}
            onTakeOff={(key) => put(withoutField(sections, key))}
            onWidth={(key, width) => put(withWidth(sections, key, width))}
          />
        ))}
        <Button
          variant="default"
          leftSection={<Plus size={15} />}
          onClick={() => put([...sections, NEW])}
          style={{ alignSelf: "flex-start" }}
        >
          {t("layouts.add_section")}
        </Button>
      </div>
    </div>
  );
}

interface PaletteProps {
  fields: Field[];
  names: string[];
  onPlace(key: string, section: number): void;
  /** A field dragged back. */
  onDrop(key: string): void;
}

function Palette({ fields, names, onPlace, onDrop }: PaletteProps) {
  const { t } = useTranslation();
  const area = useRef<HTMLElement>(null);
  const over = useFieldDrop(area, onDrop);
  const [typed, setTyped] = useState("");
  const wanted = typed.trim().toLowerCase();
  const listed = fields.filter((field) => label(field.label).toLowerCase().includes(wanted));
  return (
    <section
      ref={area}
      className={classes.palette}
      data-over={over || undefined}
      aria-label={t("layouts.palette")}
    >
      <h2 className={classes.title}>{t("layouts.palette")}</h2>
      <p className={classes.help}>{t("layouts.palette_help")}</p>
      <TextInput
        size="xs"
        aria-label={t("objects.search_field")}
        placeholder={t("objects.search_field")}
        leftSection={<Search size={14} aria-hidden />}
        value={typed}
        onChange={(event) => setTyped(event.currentTarget.value)}
      />
      <ul className={classes.unplaced}>
        {listed.map((field) => (
          <li key={field.key}>
            <FieldChip
              field={field}
              entries={names.map((name, section) => ({
                key: String(section),
                text: t("layouts.move_to", { name }),
                run: () => onPlace(field.key, section),
              }))}
            />
          </li>
        ))}
      </ul>
      {fields.length === 0 && <p className={classes.help}>{t("layouts.all_placed")}</p>}
    </section>
  );
}
