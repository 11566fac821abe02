/** Who signed a contract, on which side and when, with what was signed. */
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import type { FileValue } from "@/api/types";
import { formatDate } from "@/lib/format";
import { fileUrl } from "@/records/field-kinds/file/upload";
import type { RecordPartProps } from "@/records/page/extensions";
import { EmptyState, ErrorState, RowsSkeleton } from "@/ui/states";
import classes from "./contracts.module.css";
import { signaturesQuery } from "./requests";

export function SignaturesTab({ record }: RecordPartProps) {
  const { t } = useTranslation();
  const found = useQuery(signaturesQuery(record.id));
  if (found.isError) return <ErrorState compact error={found.error} onRetry={() => found.refetch()} />;
  if (!found.data) return <RowsSkeleton rows={2} height={40} />;
  if (found.data.length === 0) return <EmptyState title={t("contracts.not_signed")} />;
  return (
    <div className={classes.frame}>
      <table className={classes.table}>
        <thead>
          <tr>
            {["side", "person", "position", "signed", "signature", "signed_copy"].map((key) => (
              <th key={key}>{t(`contracts.${key}`)}</th>
            ))}
          </tr>
        </thead>
        <tbody>
          {found.data.map((one) => (
            <tr key={one.id}>
              <td>{t(`contracts.side_${one.side}`)}</td>
              <td>{one.name}</td>
              <td>{one.position ?? "—"}</td>
              <td>{formatDate(one.signed_on)}</td>
              <td>
                <Files files={one.picture} />
              </td>
              <td>
                <Files files={one.file} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function Files({ files }: { files: FileValue[] | null }) {
  if (!files?.length) return "—";
  return files.map((file) => (
    <a key={file.id} className={classes.link} href={fileUrl(file)} download={file.name}>
      {file.name}
    </a>
  ));
}
