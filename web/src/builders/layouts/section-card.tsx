/** A section of a layout: its words, its columns, the fields in it as they will stand. */
import type { Edge } from "@atlaskit/pragmatic-drag-and-drop-hitbox/closest-edge";
import { ActionIcon, Menu, NativeSelect, Switch } from "@mantine/core";
import { ArrowDown, ArrowUp, Ellipsis, Trash2 } from "lucide-react";
import { useRef } from "react";
import { useTranslation } from "react-i18next";
import type { CatalogObject, PageSection } from "@/api/types";
import { findField } from "@/lib/catalog";
import { LabelInputs } from "../objects/label-inputs";
import { type Entry, FieldChip } from "./field-chip";
import classes from "./layouts.module.css";
import { useFieldDrop } from "./use-field-drag";

interface SectionCardProps {
  known: CatalogObject;
  section: PageSection;
  at: number;
  /** What all sections are called. */
  names: string[];
  onChange(values: Partial<PageSection>): void;
  onMove(to: number): void;
  onRemove(): void;
  onPlace(key: string, to: { section: number; at: number }): void;
  onTakeOff(key: string): void;
  onWidth(key: string, width: number | null): void;
}

const BESIDE: Edge[] = ["left", "right"];

export function SectionCard(props: SectionCardProps) {
  const { known, section, at, names } = props;
  const { t } = useTranslation();
  const area = useRef<HTMLDivElement>(null);
  const over = useFieldDrop(area, (key) => props.onPlace(key, { section: at, at: section.fields.length }));
  const name = names[at] ?? "";
  const entriesFor = (key: string, place: number, width: number | null): Entry[] => [
    {
      key: "before",
      text: t("layouts.move_before"),
      disabled: place === 0,
      run: () => props.onPlace(key, { section: at, at: place - 1 }),
    },
    {
      key: "behind",
      text: t("layouts.move_behind"),
      disabled: place === section.fields.length - 1,
      run: () => props.onPlace(key, { section: at, at: place + 2 }),
    },
    ...names.flatMap((other, number): Entry[] =>
      number === at
        ? []
        : [
            {
              key: String(number),
              text: t("layouts.move_to", { name: other }),
              run: () => props.onPlace(key, { section: number, at: Number.MAX_SAFE_INTEGER }),
            },
          ],
    ),
    ...[null, 1, 2, 3]
      .filter((wide) => wide === null || wide <= section.columns)
      .map((wide, order) => ({
        key: `width-${wide}`,
        text: wide === null ? t("layouts.width_auto") : t("layouts.width_columns", { columns: wide }),
        apart: order === 0,
        disabled: width === wide,
        run: () => props.onWidth(key, wide),
      })),
    { key: "off", text: t("layouts.take_off_field"), apart: true, run: () => props.onTakeOff(key) },
  ];
  return (
    <section className={classes.card} aria-label={name}>
      <div className={classes.head}>
        <div className={classes.words}>
          <LabelInputs
            id={`section-${at}`}
            name={t("layouts.section_name")}
            value={section.label}
            onChange={(words) =>
              props.onChange({ label: { "zh-CN": words["zh-CN"] ?? "", en: words.en ?? "" } })
            }
          />
        </div>
        <NativeSelect
          label={t("layouts.columns")}
          w={88}
          data={["1", "2", "3"]}
          value={String(section.columns)}
          onChange={(event) => props.onChange({ columns: Number(event.currentTarget.value) })}
        />
        <Switch
          mb={8}
          label={t("layouts.collapsed")}
          checked={section.collapsed}
          onChange={(event) => props.onChange({ collapsed: event.currentTarget.checked })}
        />
        <Menu position="bottom-end" width={180}>
          <Menu.Target>
            <ActionIcon
              mb={4}
              variant="subtle"
              color="gray"
              aria-label={t("layouts.section_actions", { name })}
            >
              <Ellipsis size={16} />
            </ActionIcon>
          </Menu.Target>
          <Menu.Dropdown>
            <Menu.Item
              leftSection={<ArrowUp size={15} />}
              disabled={at === 0}
              onClick={() => props.onMove(at - 1)}
            >
              {t("layouts.move_up")}
            </Menu.Item>
            <Menu.Item
              leftSection={<ArrowDown size={15} />}
              disabled={at === names.length - 1}
              onClick={() => props.onMove(at + 1)}
            >
              {t("layouts.move_down")}
            </Menu.Item>
            <Menu.Item leftSection={<Trash2 size={15} />} onClick={props.onRemove}>
              {t("layouts.remove_section")}
            </Menu.Item>
          </Menu.Dropdown>
        </Menu>
      </div>
      <div ref={area} className={classes.fields} data-columns={section.columns} data-over={over || undefined}>
        {section.fields.map(({ key, width }, place) => {
          const field = findField(known, key);
          return (
            field && (
              <FieldChip
                key={key}
                field={field}
                width={width}
                edges={section.columns > 1 ? BESIDE : undefined}
                entries={entriesFor(key, place, width)}
                onDrop={(dropped, behind) =>
                  props.onPlace(dropped, { section: at, at: behind ? place + 1 : place })
                }
              />
            )
          );
        })}
        {section.fields.length === 0 && <p className={classes.help}>{t("layouts.drop_here")}</p>}
      </div>
    </section>
  );
}
