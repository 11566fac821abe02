/** Which fields are columns, and in what order. */
import { ActionIcon, Button, ScrollArea, Switch } from "@mantine/core";
import { ChevronDown, ChevronUp, Columns3, Plus } from "lucide-react";
import { useTranslation } from "react-i18next";
import type { CatalogObject, Field, Language } from "@/api/types";
import { useCatalog } from "@/lib/catalog";
import { PathPicker } from "../filter/path-picker";
import { type Column, moveColumn, showColumn } from "../query/columns";
import { offeredFields, pathLabel, resolvePath } from "../query/paths";
import classes from "./list.module.css";
import { ToolPanel } from "./tool-panel";

const anyField = (_: Field) => true;

export function ColumnsMenu({
  object,
  columns,
  onChange,
}: {
  object: CatalogObject;
  columns: Column[];
  onChange(columns: Column[]): void;
}) {
  const { t, i18n } = useTranslation();
  const catalog = useCatalog();
  const language = i18n.language as Language;
  const chosen = columns.filter((column) => resolvePath(catalog, object, column.field));
  const rest = offeredFields(object).filter((field) => !columns.some((column) => column.field === field.key));
  const shift = (at: number, by: -1 | 1) => {
    const before = chosen[at + (by < 0 ? -1 : 2)]?.field ?? null;
    const moved = chosen[at];
    if (moved) onChange(moveColumn(columns, moved.field, before));
  };
  return (
    <ToolPanel
      label={t("list.columns")}
      width={320}
      button={(toggle, opened) => (
        <Button
          variant="default"
          leftSection={<Columns3 size={15} />}
          aria-expanded={opened}
          onClick={toggle}
        >
          {t("list.columns")}
        </Button>
      )}
    >
      <ScrollArea.Autosize mah={420} type="auto">
        {chosen.map((column, at) => {
          const name = pathLabel(resolvePath(catalog, object, column.field) ?? [], language);
          return (
            <div key={column.field} className={classes.columnRow}>
              <Switch
                size="xs"
                label={name}
                checked={!column.hidden}
                disabled={at === 0}
                onChange={(event) => onChange(showColumn(columns, column.field, event.currentTarget.checked))}
                className={classes.columnName}
              />
              {at > 0 && (
                <>
                  <ActionIcon
                    size="sm"
                    variant="subtle"
                    color="gray"
                    disabled={at === 1}
                    aria-label={t("list.column_up", { name })}
                    onClick={() => shift(at, -1)}
                  >
                    <ChevronUp size={14} />
                  </ActionIcon>
                  <ActionIcon
                    size="sm"
                    variant="subtle"
                    color="gray"
                    disabled={at === chosen.length - 1}
                    aria-label={t("list.column_down", { name })}
                    onClick={() => shift(at, 1)}
                  >
                    <ChevronDown size={14} />
                  </ActionIcon>
                </>
              )}
            </div>
          );
        })}
        {rest.map((field) => (
          <div key={field.key} className={classes.columnRow}>
            <Switch
              size="xs"
              label={field.label[language]}
              checked={false}
              onChange={() => onChange(showColumn(columns, field.key, true))}
              className={classes.columnName}
            />
          </div>
        ))}
      </ScrollArea.Autosize>
      <PathPicker
        object={object}
        path=""
        accepts={anyField}
        onChoose={({ path }) => onChange(showColumn(columns, path, true))}
      >
        <Button mt={4} variant="subtle" size="compact-sm" leftSection={<Plus size={14} />}>
          {t("list.add_column")}
        </Button>
      </PathPicker>
    </ToolPanel>
  );
}
