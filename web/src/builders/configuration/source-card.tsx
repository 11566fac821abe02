/** Where the other configuration comes from: a workspace or sandbox, or an archive. */
import { Group, Input, Select } from "@mantine/core";
import { Dropzone } from "@mantine/dropzone";
import "@mantine/dropzone/styles.css";
import { useQuery } from "@tanstack/react-query";
import { FileArchive } from "lucide-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { sessionQuery } from "@/lib/me";
import { currentWorkspace } from "@/lib/workspace";
import { toastError } from "@/ui/toast";
import classes from "./configuration.module.css";
import { inBase64 } from "./model";
import { type Source, sandboxesQuery } from "./requests";

/** What the server takes at once, as it travels. */
const LARGEST = 14 * 1024 * 1024;

export function SourceCard({
  source,
  onSource,
}: {
  source: Source | null;
  onSource: (source: Source | null) => void;
}) {
  const { t } = useTranslation();
  const session = useQuery(sessionQuery()).data;
  const sandboxes = useQuery(sandboxesQuery()).data;
  const [reading, setReading] = useState(false);
  const own = new Set(sandboxes?.sandboxes.filter(({ state }) => state === "ready").map(({ slug }) => slug));
  const others = (session?.workspaces ?? []).filter(({ slug }) => slug !== currentWorkspace());
  const named = others.map(({ slug, name }) => ({
    value: slug,
    label: own.has(slug) ? t("configuration.sandbox_named", { name, slug }) : `${name} (${slug})`,
  }));
  const workspace = source && "workspace" in source.given ? source.given.workspace : null;
  const choose = (slug: string | null) => {
    const found = others.find((one) => one.slug === slug);
    onSource(
      found
        ? { id: `${found.slug} ${Date.now()}`, name: found.name, given: { workspace: found.slug } }
        : null,
    );
  };
  const read = async ([file]: File[]) => {
    if (!file) return;
    setReading(true);
    try {
      const archive = await inBase64(file);
      onSource({ id: `${file.name} ${Date.now()}`, name: file.name, given: { archive } });
    } finally {
      setReading(false);
    }
  };
  return (
    <section className={classes.card} aria-label={t("configuration.source")}>
      <div className={classes.sources}>
        <Select
          label={t("configuration.other_workspace")}
          description={t("configuration.other_workspace_text")}
          placeholder={t(named.length > 0 ? "configuration.choose_workspace" : "configuration.no_workspace")}
          data={named}
          disabled={named.length === 0}
          value={workspace}
          onChange={choose}
          clearable
          clearButtonProps={{ "aria-label": t("configuration.clear") }}
          searchable
        />
        <Input.Wrapper
          label={t("configuration.archive")}
          labelElement="div"
          description={t("configuration.archive_text")}
        >
          <Dropzone
            mt={4}
            onDrop={read}
            onReject={() => toastError(t("configuration.archive_refused"))}
            accept={{ "application/zip": [".zip"], "application/x-zip-compressed": [".zip"] }}
            maxFiles={1}
            maxSize={LARGEST}
            loading={reading}
            className={classes.drop}
            inputProps={{ "aria-label": t("configuration.choose_archive") }}
          >
            <Group gap="sm" wrap="nowrap" className={classes.dropText}>
              <FileArchive size={22} strokeWidth={1.5} aria-hidden />
              <span>
                {source && "archive" in source.given ? source.name : t("configuration.drop_archive")}
              </span>
            </Group>
          </Dropzone>
        </Input.Wrapper>
      </div>
    </section>
  );
}
