/** What one does with a whole list: take it along as a file. */
import { ActionIcon, Menu } from "@mantine/core";
import { Ellipsis, FileSpreadsheet, FileText } from "lucide-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { CatalogObject } from "@/api/types";
import { label } from "@/lib/label";
import { can } from "@/lib/rights";
import { toastError } from "@/ui/toast";
import { type ExportFormat, exportList } from "../query/export-list";
import type { RowsQuery } from "../query/use-row-stores";

export function MoreMenu({ object, query }: { object: CatalogObject; query: RowsQuery }) {
  const { t } = useTranslation();
  const [busy, setBusy] = useState(false);
  if (!can(object, "export") || !object.features.includes("export")) return null;
  const save = async (format: ExportFormat) => {
    setBusy(true);
    try {
      await exportList(object.key, query, format, label(object.plural));
    } catch (error) {
      toastError(error);
    } finally {
      setBusy(false);
    }
  };
  return (
    <Menu position="bottom-end" shadow="md" withinPortal>
      <Menu.Target>
        <ActionIcon variant="default" size={34} loading={busy} aria-label={t("list.more")}>
          <Ellipsis size={16} />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item leftSection={<FileSpreadsheet size={15} />} onClick={() => save("xlsx")}>
          {t("list.export_xlsx")}
        </Menu.Item>
        <Menu.Item leftSection={<FileText size={15} />} onClick={() => save("csv")}>
          {t("list.export_csv")}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
