/** Grouping by one field; dates by day to year. */
import { Button, Group, Select } from "@mantine/core";
import { Layers } from "lucide-react";
import { useTranslation } from "react-i18next";
import type { CatalogObject, Field } from "@/api/types";
import { useCatalog } from "@/lib/catalog";
import { PathPicker } from "../filter/path-picker";
import type { Bucket, GroupBy } from "../query/list-state";
import { lastField } from "../query/paths";
import { ToolPanel } from "./tool-panel";

const BUCKETS: Bucket[] = ["day", "week", "month", "quarter", "year"];
const canGroup = (field: Field) => field.groupable;
const isDate = (field: Field | undefined) => field?.trait === "date" || field?.trait === "datetime";

/** Grouping by the path; a date needs a bucket, a month unless said otherwise. */
export const groupOn = (path: string, field: Field | undefined): GroupBy =>
  isDate(field) ? { field: path, bucket: "month" } : { field: path };

export function GroupMenu({
  object,
  group,
  onChange,
}: {
  object: CatalogObject;
  group: GroupBy | null;
  onChange(group: GroupBy | null): void;
}) {
  const { t } = useTranslation();
  const catalog = useCatalog();
  const field = group ? lastField(catalog, object, group.field) : undefined;
  return (
    <ToolPanel
      label={t("list.group")}
      width={360}
      button={(toggle, opened) => (
        <Button
          variant={group ? "light" : "default"}
          leftSection={<Layers size={15} />}
          aria-expanded={opened}
          onClick={toggle}
        >
          {t("list.group")}
        </Button>
      )}
    >
      <Group gap={6} wrap="nowrap">
        <PathPicker
          object={object}
          path={group?.field ?? ""}
          accepts={canGroup}
          onChoose={(chosen) => onChange(groupOn(chosen.path, chosen.field))}
        />
        {group && isDate(field) && (
          <Select
            aria-label={t("list.bucket")}
            allowDeselect={false}
            data={BUCKETS.map((bucket) => ({ value: bucket, label: t(`list.bucket_${bucket}`) }))}
            value={group.bucket ?? "month"}
            onChange={(bucket) => onChange({ ...group, bucket: bucket as Bucket })}
          />
        )}
      </Group>
      {group && (
        <Button mt="xs" variant="subtle" color="gray" size="compact-sm" onClick={() => onChange(null)}>
          {t("list.no_group")}
        </Button>
      )}
    </ToolPanel>
  );
}
