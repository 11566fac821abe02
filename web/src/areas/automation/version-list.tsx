/** The published versions of a flow: when, by whom, what was new. */
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { useCatalog } from "@/lib/catalog";
import { formatDateTime } from "@/lib/format";
import { currentLanguage } from "@/lib/language";
import { EmptyState } from "@/ui/states";
import classes from "./automation.module.css";
import { readDefinition } from "./model";
import { paletteQuery, versionsQuery } from "./requests";
import { sentenceOf } from "./words";

export function VersionList({ flow }: { flow: string }) {
  const { t } = useTranslation();
  const catalog = useCatalog();
  const versions = useQuery(versionsQuery(flow)).data ?? [];
  const palette = useQuery(paletteQuery()).data;
  if (versions.length === 0 || !palette)
    return <EmptyState title={t("automation.no_versions")}>{t("automation.no_versions_text")}</EmptyState>;
  const telling = { catalog, language: currentLanguage(), t, palette };
  return (
    <div className={classes.frame}>
      <table className={classes.table}>
        <thead>
          <tr>
            <th>{t("automation.version")}</th>
            <th>{t("automation.what_it_does")}</th>
            <th className={classes.secondary}>{t("automation.published_by")}</th>
          </tr>
        </thead>
        <tbody>
          {versions.map((version) => (
            <tr key={version.id}>
              <td className={classes.number}>{t("automation.version_number", { number: version.number })}</td>
              <td>
                {version.note && <div>{version.note}</div>}
                <div className={classes.quiet}>{sentenceOf(readDefinition(version.definition), telling)}</div>
              </td>
              <td className={classes.secondary}>
                {version.published_by?.title ?? t("automation.system")}
                <div className={classes.quiet}>{formatDateTime(version.published_at)}</div>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
