/** The menu of a column: sort, group, filter, pin, move, hide, and what its last line says. */
import { Menu } from "@mantine/core";
import {
  ArrowDown,
  ArrowLeft,
  ArrowRight,
  ArrowUp,
  Check,
  EyeOff,
  Filter as FilterIcon,
  Layers,
  Pin,
  PinOff,
  X,
} from "lucide-react";
import { useTranslation } from "react-i18next";
import type { Field, Sort } from "@/api/types";
import type { Total } from "../query/columns";
import { totalsFor } from "../query/totals";
import type { GridColumn } from "./grid-columns";

export type ColumnCommands = {
  sort(path: string, dir: Sort["dir"] | null): void;
  group?(path: string, field: Field): void;
  filter?(path: string): void;
  pin(path: string, pinned: boolean): void;
  /** -1 towards the beginning, 1 towards the end. */
  shift(path: string, by: -1 | 1): void;
  hide(path: string): void;
  total(path: string, total: Total): void;
};

export function HeaderMenu({
  column,
  anchor,
  sort,
  first,
  commands,
  onClose,
}: {
  column: GridColumn;
  anchor: DOMRect;
  sort: Sort[];
  /** The first column stays: it names the record. */
  first: boolean;
  commands: ColumnCommands;
  onClose(): void;
}) {
  const { t } = useTranslation();
  const { path, field } = column;
  const order = sort.find((each) => each.field === path)?.dir;
  const totals = path.includes(".") ? [] : totalsFor(field);
  const icon = { size: 14 };
  return (
    <Menu
      opened
      onChange={(opened) => !opened && onClose()}
      position="bottom-start"
      width={200}
      shadow="md"
      withinPortal
      returnFocus
    >
      <Menu.Target>
        <button
          type="button"
          tabIndex={-1}
          aria-label={column.label}
          style={{
            position: "fixed",
            left: anchor.left,
            top: anchor.top,
            width: 1,
            height: anchor.height,
            padding: 0,
            border: 0,
            opacity: 0,
            pointerEvents: "none",
          }}
        />
      </Menu.Target>
      <Menu.Dropdown>
        {field.sortable && (
          <>
            <Menu.Item leftSection={<ArrowUp {...icon} />} onClick={() => commands.sort(path, "asc")}>
              {t("grid.sort_asc")}
            </Menu.Item>
            <Menu.Item leftSection={<ArrowDown {...icon} />} onClick={() => commands.sort(path, "desc")}>
              {t("grid.sort_desc")}
            </Menu.Item>
            {order && (
              <Menu.Item leftSection={<X {...icon} />} onClick={() => commands.sort(path, null)}>
                {t("grid.sort_none")}
              </Menu.Item>
            )}
          </>
        )}
        {commands.filter && field.operators.length > 0 && (
          <Menu.Item leftSection={<FilterIcon {...icon} />} onClick={() => commands.filter?.(path)}>
            {t("grid.filter_by")}
          </Menu.Item>
        )}
        {commands.group && field.groupable && (
          <Menu.Item leftSection={<Layers {...icon} />} onClick={() => commands.group?.(path, field)}>
            {t("grid.group_by")}
          </Menu.Item>
        )}
        {!first && (
          <>
            <Menu.Divider />
            <Menu.Item
              leftSection={column.pinned ? <PinOff {...icon} /> : <Pin {...icon} />}
              onClick={() => commands.pin(path, !column.pinned)}
            >
              {t(column.pinned ? "grid.unpin" : "grid.pin")}
            </Menu.Item>
            <Menu.Item leftSection={<ArrowLeft {...icon} />} onClick={() => commands.shift(path, -1)}>
              {t("grid.move_left")}
            </Menu.Item>
            <Menu.Item leftSection={<ArrowRight {...icon} />} onClick={() => commands.shift(path, 1)}>
              {t("grid.move_right")}
            </Menu.Item>
            <Menu.Item leftSection={<EyeOff {...icon} />} onClick={() => commands.hide(path)}>
              {t("grid.hide")}
            </Menu.Item>
          </>
        )}
        {totals.length > 1 && (
          <>
            <Menu.Divider />
            <Menu.Label>{t("grid.footer")}</Menu.Label>
            {totals.map((total) => (
              <Menu.Item
                key={total}
                rightSection={total === column.total && <Check {...icon} />}
                onClick={() => commands.total(path, total)}
              >
                {t(`grid.total_${total}`)}
              </Menu.Item>
            ))}
          </>
        )}
      </Menu.Dropdown>
    </Menu>
  );
}
