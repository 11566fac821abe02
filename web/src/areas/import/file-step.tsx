/** The file as it was understood, with the switches for when it was not. */
import { Button, Group, NumberInput, Select } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import type { ImportJob, ImportPreview, WantedReading } from "@/api/types";
import { formatNumber, formatSize } from "@/lib/format";
import { currentWorkspace } from "@/lib/workspace";
import { ErrorState } from "@/ui/states";
import classes from "./import.module.css";

const ENCODINGS = ["utf-8", "gb18030", "utf-16", "big5", "windows-1252"];
const DELIMITERS = [",", ";", "\t", "|"];

export function FileStep({
  preview,
  job,
  error,
  reading,
  busy,
  onReading,
  onNext,
}: {
  preview: ImportPreview | undefined;
  job?: ImportJob;
  error?: unknown;
  reading: WantedReading;
  busy?: boolean;
  onReading: (reading: WantedReading) => void;
  onNext?: () => void;
}) {
  const { t } = useTranslation();
  const known = preview ?? ({} as Partial<ImportPreview>);
  const workbook = (known.sheets ?? []).length > 0;
  const set = (changed: WantedReading) => onReading({ ...reading, ...changed });
  const encoding = reading.encoding ?? known.encoding ?? null;

  return (
    <>
      <section className={classes.card}>
        {job && (
          <p className={classes.fileName}>
            {job.file.name}
            <span className={classes.quiet}>
              {formatSize(job.file.size)}
              {preview &&
                ` · ${t("import.rows", { count: preview.rows_total, shown: formatNumber(preview.rows_total) })}`}
            </span>
          </p>
        )}
        <Group align="flex-end" gap="sm">
          {workbook ? (
            <Select
              label={t("import.sheet")}
              data={known.sheets}
              value={reading.sheet ?? known.sheet ?? null}
              onChange={(sheet) => set({ sheet, header_row: null })}
              allowDeselect={false}
            />
          ) : (
            <>
              <Select
                label={t("import.encoding")}
                data={[...new Set([...ENCODINGS, ...(encoding ? [encoding] : [])])].map((value) => ({
                  value,
                  label: value.toUpperCase(),
                }))}
                value={encoding}
                onChange={(value) => set({ encoding: value })}
                allowDeselect={false}
              />
              <Select
                label={t("import.delimiter")}
                data={DELIMITERS.map((value) => ({
                  value,
                  label: t(`import.delimiter_${delimiterName(value)}`),
                }))}
                value={reading.delimiter ?? known.delimiter ?? null}
                onChange={(delimiter) => set({ delimiter })}
                allowDeselect={false}
              />
            </>
          )}
          <NumberInput
            label={t("import.header_row")}
            min={0}
            max={50}
            w={140}
            allowDecimal={false}
            value={reading.header_row ?? known.header_row ?? 1}
            onChange={(row) => typeof row === "number" && set({ header_row: row })}
          />
        </Group>
      </section>
      {error ? <ErrorState error={error} /> : preview && <SampleTable preview={preview} />}
      <footer className={classes.foot}>
        <Button
          variant="default"
          renderRoot={(props) => (
            <Link to="/w/$ws/import" params={{ ws: currentWorkspace() }} search={{}} {...props} />
          )}
        >
          {t("import.other_file")}
        </Button>
        {onNext && (
          <Button onClick={onNext} loading={busy}>
            {t("import.next")}
          </Button>
        )}
      </footer>
    </>
  );
}

function delimiterName(delimiter: string): string {
  return { ",": "comma", ";": "semicolon", "\t": "tab", "|": "bar" }[delimiter] ?? "comma";
}

/** The first rows, put together from the samples of the columns. */
function SampleTable({ preview }: { preview: ImportPreview }) {
  const { t } = useTranslation();
  const rows = Math.max(0, ...preview.columns.map(({ samples }) => samples.length));
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard
    <section className={classes.tableFrame} tabIndex={0} aria-label={t("import.preview")}>
      <table className={classes.table}>
        <thead>
          <tr>
            {preview.columns.map(({ name }) => (
              <th key={name}>{name}</th>
            ))}
          </tr>
        </thead>
        <tbody>
          {Array.from({ length: rows }, (_, row) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: samples have no identity
            <tr key={row}>
              {preview.columns.map(({ name, samples }) => (
                <td key={name}>{samples[row]}</td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
