/** First step: what the records are, and the file. */
import { Select, Stack, Text } from "@mantine/core";
import { Dropzone } from "@mantine/dropzone";
import "@mantine/dropzone/styles.css";
import { getRouteApi, useNavigate } from "@tanstack/react-router";
import { FileSpreadsheet, Upload } from "lucide-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useCatalog } from "@/lib/catalog";
import { label } from "@/lib/label";
import { can } from "@/lib/rights";
import { EmptyState } from "@/ui/states";
import { toastError } from "@/ui/toast";
import classes from "./import.module.css";
import { uploadImport } from "./requests";

const route = getRouteApi("/w/$ws/import");
const LARGEST_FILE = 300 * 1024 * 1024;

export function UploadStep() {
  const { t } = useTranslation();
  const { ws } = route.useParams();
  const search = route.useSearch();
  const navigate = useNavigate();
  const objects = useCatalog()
    .objects.filter((object) => object.features.includes("import") && can(object, "import"))
    .sort((a, b) => a.position - b.position);
  const [object, setObject] = useState<string | null>(search.object ?? null);
  const [busy, setBusy] = useState(false);

  if (objects.length === 0) {
    return (
      <EmptyState kind="forbidden" title={t("import.not_allowed")}>
        {t("import.not_allowed_text")}
      </EmptyState>
    );
  }

  const upload = async ([file]: File[]) => {
    if (!file || !object) return;
    setBusy(true);
    try {
      const job = await uploadImport(object, file);
      await navigate({ to: "/w/$ws/import", params: { ws }, search: { id: job.id } });
    } catch (error) {
      toastError(error);
    } finally {
      setBusy(false);
    }
  };

  return (
    <Stack className={classes.card} gap="md">
      <Select
        label={t("import.object")}
        placeholder={t("import.object_placeholder")}
        data={objects.map((one) => ({ value: one.key, label: label(one.plural) }))}
        value={object}
        onChange={setObject}
        maw={320}
        allowDeselect={false}
      />
      <Dropzone
        onDrop={upload}
        onReject={() => toastError(t("import.file_refused"))}
        maxFiles={1}
        maxSize={LARGEST_FILE}
        loading={busy}
        disabled={!object}
        className={classes.drop}
        inputProps={{ "aria-label": t("import.choose_file") }}
      >
        <Stack align="center" gap={6} className={classes.dropText}>
          <Dropzone.Idle>
            <FileSpreadsheet size={32} strokeWidth={1.25} aria-hidden />
          </Dropzone.Idle>
          <Dropzone.Accept>
            <Upload size={32} strokeWidth={1.25} aria-hidden />
          </Dropzone.Accept>
          <Text fw={500}>{t(object ? "import.drop" : "import.choose_object_first")}</Text>
          <Text size="sm" c="dimmed">
            {t("import.formats")}
          </Text>
        </Stack>
      </Dropzone>
    </Stack>
  );
}
