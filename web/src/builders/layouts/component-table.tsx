/** The layouts, rules or record types of an object: opened, put away, brought back. */
import { ActionIcon, Button, Menu } from "@mantine/core";
import { Archive, ArchiveRestore, Ellipsis, Pencil } from "lucide-react";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { label } from "@/lib/label";
import { toastError } from "@/ui/toast";
import classes from "../objects/objects.module.css";
import { useReview } from "../objects/review";
import { showTakeBack } from "../objects/take-back";
import type { Designed } from "./model";

export interface Column<V> {
  title: string;
  draw(one: Designed<V>): ReactNode;
}

interface ComponentTableProps<V> {
  live: Designed<V>[];
  archived: Designed<V>[];
  columns: Column<V>[];
  editable: boolean;
  onEdit(one: Designed<V>): void;
}

type Named = { label: { "zh-CN": string; en: string } };

export function ComponentTable<V extends Named>(props: ComponentTableProps<V>) {
  const { live, archived, columns, editable, onEdit } = props;
  const { t } = useTranslation();
  const { change, question } = useReview();
  const run = async (verb: "archive-component" | "restore-component", one: Designed<V>) => {
    const name = label(one.values.label);
    const word = verb === "archive-component" ? "archive" : "restore";
    try {
      const answer = await change({
        verb,
        params: { component: one.id },
        title: t(`objects.${word}_of`, { name }),
        confirmLabel: t(`objects.${word}`),
        danger: word === "archive",
      });
      if (typeof answer === "object") showTakeBack(t(`layouts.${word}_done`, { name }), answer);
    } catch (error) {
      toastError(error);
    }
  };
  return (
    <>
      {live.length > 0 && (
        <div className={classes.frame}>
          <table className={classes.table}>
            <thead>
              <tr>
                <th>{t("objects.name")}</th>
                {columns.map(({ title }) => (
                  <th key={title} className={classes.secondary}>
                    {title}
                  </th>
                ))}
                <th className={classes.menu} aria-label={t("objects.actions")} />
              </tr>
            </thead>
            <tbody>
              {live.map((one) => (
                <tr key={one.id}>
                  <td>
                    <button type="button" className={classes.link} onClick={() => onEdit(one)}>
                      {label(one.values.label)}
                    </button>
                  </td>
                  {columns.map(({ title, draw }) => (
                    <td key={title} className={classes.secondary}>
                      {draw(one)}
                    </td>
                  ))}
                  <td className={classes.menu}>
                    {editable && (
                      <Menu position="bottom-end" width={180}>
                        <Menu.Target>
                          <ActionIcon
                            variant="subtle"
                            color="gray"
                            aria-label={t("objects.actions_of", { name: label(one.values.label) })}
                          >
                            <Ellipsis size={16} />
                          </ActionIcon>
                        </Menu.Target>
                        <Menu.Dropdown>
                          <Menu.Item leftSection={<Pencil size={15} />} onClick={() => onEdit(one)}>
                            {t("objects.edit")}
                          </Menu.Item>
                          {one.custom && (
                            <Menu.Item
                              leftSection={<Archive size={15} />}
                              onClick={() => run("archive-component", one)}
                            >
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
        </div>
      )}
      {archived.length > 0 && (
        <section aria-label={t("layouts.archived")}>
          <h2 className={classes.group}>{t("layouts.archived")}</h2>
          <ul className={classes.options}>
            {archived.map((one) => (
              <li key={one.id} className={classes.option}>
                <span className={classes.quiet}>{label(one.values.label)}</span>
                {editable && (
                  <Button
                    size="compact-sm"
                    variant="subtle"
                    leftSection={<ArchiveRestore size={14} />}
                    onClick={() => run("restore-component", one)}
                  >
                    {t("objects.restore")}
                  </Button>
                )}
              </li>
            ))}
          </ul>
        </section>
      )}
      {question}
    </>
  );
}
