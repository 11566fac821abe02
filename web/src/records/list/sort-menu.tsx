/** Sorting by several fields, in their order. */
import { ActionIcon, Button, Group, SegmentedControl, Text } from "@mantine/core";
import { ArrowDownUp, Plus, Trash2 } from "lucide-react";
import { useTranslation } from "react-i18next";
import type { CatalogObject, Field, Sort } from "@/api/types";
import { PathPicker } from "../filter/path-picker";
import { ToolPanel } from "./tool-panel";

const MAX_SORTS = 5;
const canSort = (field: Field) => field.sortable;

export function SortMenu({
  object,
  sort,
  onChange,
}: {
  object: CatalogObject;
  sort: Sort[];
  onChange(sort: Sort[]): void;
}) {
  const { t } = useTranslation();
  const set = (at: number, next: Sort) => onChange(sort.with(at, next));
  return (
    <ToolPanel
      label={t("list.sort")}
      width={420}
      button={(toggle, opened) => (
        <Button
          variant={sort.length > 0 ? "light" : "default"}
          leftSection={<ArrowDownUp size={15} />}
          aria-expanded={opened}
          onClick={toggle}
        >
          {t("list.sort")}
        </Button>
      )}
    >
      {sort.length === 0 && (
        <Text size="sm" c="dimmed" mb="xs">
          {t("list.sort_none")}
        </Text>
      )}
      {sort.map((each, at) => (
        <Group key={each.field} gap={6} mb={6} wrap="nowrap">
          <PathPicker
            object={object}
            path={each.field}
            accepts={canSort}
            onChoose={({ path }) => set(at, { ...each, field: path })}
          />
          <SegmentedControl
            size="xs"
            aria-label={t("list.direction")}
            data={[
              { value: "asc", label: t("list.ascending") },
              { value: "desc", label: t("list.descending") },
            ]}
            value={each.dir}
            onChange={(dir) => set(at, { ...each, dir: dir as Sort["dir"] })}
          />
          <ActionIcon
            variant="subtle"
            color="gray"
            aria-label={t("list.remove_sort")}
            onClick={() => onChange(sort.toSpliced(at, 1))}
          >
            <Trash2 size={15} />
          </ActionIcon>
        </Group>
      ))}
      {sort.length < MAX_SORTS && (
        <PathPicker
          object={object}
          path=""
          accepts={(field) => canSort(field)}
          onChoose={({ path }) =>
            !sort.some((each) => each.field === path) && onChange([...sort, { field: path, dir: "asc" }])
          }
        >
          <Button variant="subtle" size="compact-sm" leftSection={<Plus size={14} />}>
            {t("list.add_sort")}
          </Button>
        </PathPicker>
      )}
    </ToolPanel>
  );
}
