/** The published versions of a flow: when, by whom, what was new. */
import { Button } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { GitCompare } from "lucide-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useCatalog } from "@/lib/catalog";
import { formatDateTime } from "@/lib/format";
import { currentLanguage } from "@/lib/language";
import { lazily } from "@/ui/lazily";
import { EmptyState } from "@/ui/states";
import classes from "./automation.module.css";
import type { VersionCompareProps } from "./canvas/version-compare";
import { readDefinition } from "./model";
import { RunsOfOlder } from "./overview/runs-of-older";
import { paletteQuery, versionsQuery } from "./requests";
import { sentenceOf } from "./words";

const VersionCompare = lazily<VersionCompareProps>(
  async () => ({ default: (await import("./canvas/version-compare")).VersionCompare }),
  0,
);

export function VersionList({ flow, draft }: { flow: string; draft: unknown }) {
  const { t } = useTranslation();
  const catalog = useCatalog();
  const [comparing, setComparing] = useState<VersionCompareProps["begin"] | null>(null);
  const versions = useQuery(versionsQuery(flow)).data ?? [];
  const palette = useQuery(paletteQuery()).data;
  if (versions.length === 0 || !palette)
    return <EmptyState title={t("automation.no_versions")}>{t("automation.no_versions_text")}</EmptyState>;
  const telling = { catalog, language: currentLanguage(), t, palette };
  return (
    <>
      <RunsOfOlder flow={flow} />
      <div className={classes.frame}>
        {comparing !== null && (
          <VersionCompare
            draft={draft}
            versions={versions}
            palette={palette}
            begin={comparing}
            onClose={() => setComparing(null)}
          />
        )}
        <table className={classes.table}>
          <thead>
            <tr>
              <th>{t("automation.version")}</th>
              <th>{t("automation.what_it_does")}</th>
              <th className={classes.secondary}>{t("automation.published_by")}</th>
            </tr>
          </thead>
          <tbody>
            {versions.map((version, at) => (
              <tr key={version.id}>
                <td className={classes.number}>
                  {t("automation.version_number", { number: version.number })}
                </td>
                <td>
                  {version.note && <div>{version.note}</div>}
                  <div className={classes.quiet}>
                    {sentenceOf(readDefinition(version.definition), telling)}
                  </div>
                  <Button
                    variant="subtle"
                    size="compact-xs"
                    leftSection={<GitCompare size={13} />}
                    onClick={() => {
                      const earlier = versions[at + 1];
                      setComparing(earlier ? [earlier.number, version.number] : [version.number, null]);
                    }}
                  >
                    {t(versions[at + 1] ? "automation.compare_before" : "automation.compare_draft")}
                  </Button>
                  {at === 0 && versions.length > 1 && (
                    <Button
                      variant="subtle"
                      size="compact-xs"
                      leftSection={<GitCompare size={13} />}
                      onClick={() => setComparing([version.number, null])}
                    >
                      {t("automation.compare_draft")}
                    </Button>
                  )}
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
    </>
  );
}
