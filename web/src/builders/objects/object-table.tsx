/** Objects in rows: what they are called, what is in them, and how to put them away or bring them back. */
import { ActionIcon, Menu } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import { Archive, ArchiveRestore, Ellipsis, Trash2 } from "lucide-react";
import { useTranslation } from "react-i18next";
import { formatNumber, formatRelative } from "@/lib/format";
import { label } from "@/lib/label";
import { currentLanguage } from "@/lib/language";
import { useSystemRight } from "@/lib/rights";
import { currentWorkspace } from "@/lib/workspace";
import { Chip, hueStyle } from "@/ui/chip";
import { IconByName } from "@/ui/icon-by-name";
import { type DesignedObject, isArchived } from "./model";
import classes from "./objects.module.css";
import { useObjectVerbs } from "./use-object-verbs";

export function ObjectTable({ objects, retention }: { objects: DesignedObject[]; retention: number }) {
  const { t } = useTranslation();
  const puts = useSystemRight("configure");
  const { archive, restore, drop, question } = useObjectVerbs(retention);
  return (
    <div className={classes.frame}>
      <table className={classes.table}>
        <thead>
          <tr>
            <th>{t("objects.object")}</th>
            <th className={classes.secondary}>{t("objects.key")}</th>
            <th className={classes.secondary}>{t("objects.origin")}</th>
            <th className={classes.number}>{t("objects.fields")}</th>
            <th className={classes.number}>{t("objects.records_about")}</th>
            <th className={classes.menu} aria-label={t("objects.actions")} />
          </tr>
        </thead>
        <tbody>
          {objects.map((object) => (
            <tr key={object.id} data-object={object.key}>
              <td>
                <span className={classes.named}>
                  <span className={classes.icon} style={hueStyle(object.values.color)}>
                    <IconByName name={object.values.icon} />
                  </span>
                  {isArchived(object) ? (
                    <span className={classes.names}>
                      <span className={classes.name}>{label(object.values.label)}</span>
                      <span className={classes.quiet}>
                        {t("objects.archived_since", { when: formatRelative(object.state_at ?? "") })}
                      </span>
                    </span>
                  ) : (
                    <Link
                      className={classes.name}
                      to="/w/$ws/settings/objects/$key"
                      params={{ ws: currentWorkspace(), key: object.key }}
                    >
                      {label(object.values.label)}
                      <span className={classes.other}>{otherLanguage(object)}</span>
                    </Link>
                  )}
                </span>
              </td>
              <td className={classes.secondary}>
                <code className={classes.code}>{object.key}</code>
              </td>
              <td className={classes.secondary}>
                <Chip hue={object.custom ? "blue" : "slate"}>
                  {t(object.custom ? "objects.custom" : "objects.standard")}
                </Chip>
              </td>
              <td className={classes.number}>{object.fields}</td>
              <td className={classes.number}>{formatNumber(object.records)}</td>
              <td className={classes.menu}>
                {object.custom && puts && (
                  <Menu position="bottom-end" width={200} withinPortal>
                    <Menu.Target>
                      <ActionIcon
                        variant="subtle"
                        color="gray"
                        aria-label={t("objects.actions_of", { name: label(object.values.label) })}
                      >
                        <Ellipsis size={16} />
                      </ActionIcon>
                    </Menu.Target>
                    <Menu.Dropdown>
                      {isArchived(object) ? (
                        <>
                          <Menu.Item
                            leftSection={<ArchiveRestore size={15} />}
                            onClick={() => restore(object)}
                          >
                            {t("objects.restore")}
                          </Menu.Item>
                          <Menu.Item
                            color="red"
                            leftSection={<Trash2 size={15} />}
                            onClick={() => drop(object)}
                          >
                            {t("objects.drop")}
                          </Menu.Item>
                        </>
                      ) : (
                        <Menu.Item leftSection={<Archive size={15} />} onClick={() => archive(object)}>
                          {t("objects.archive")}
                        </Menu.Item>
                      )}
                    </Menu.Dropdown>
                  </Menu>
                )}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      {question}
    </div>
  );
}

/** What it is called in the other language, where that differs. */
function otherLanguage({ values }: DesignedObject): string {
  const other = values.label[currentLanguage() === "en" ? "zh-CN" : "en"];
  return other === label(values.label) ? "" : other;
}
