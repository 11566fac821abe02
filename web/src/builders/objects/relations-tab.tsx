/** How an object hangs together with others: what it points at, and what points at it. */
import { Button } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { Plus } from "lucide-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { findField, findObject, useCatalog } from "@/lib/catalog";
import { label } from "@/lib/label";
import { can } from "@/lib/rights";
import { currentWorkspace } from "@/lib/workspace";
import { Chip } from "@/ui/chip";
import { EmptyState } from "@/ui/states";
import { FieldPanel } from "./field-panel";
import { type DesignedField, isLive } from "./model";
import type { ObjectTabProps } from "./object-tabs";
import classes from "./objects.module.css";
import { useReach } from "./reach";
import { kindsQuery } from "./requests";

const POINTING = ["lookup", "many_to_many", "person", "about"];

/** The objects that a field may point at. */
function targets({ kind, values }: DesignedField): string[] {
  if (kind === "person") return ["member"];
  return values.settings.targets ?? (values.settings.target ? [values.settings.target] : []);
}

export function RelationsTab({ object }: ObjectTabProps) {
  const { t } = useTranslation();
  const catalog = useCatalog();
  const { whole, kept } = useReach(object);
  const kinds = useQuery(kindsQuery()).data?.kinds ?? [];
  const [opened, setOpened] = useState<DesignedField | "new" | null>(null);
  const outward = object.parts.filter((field) => isLive(field) && POINTING.includes(field.kind));
  const inward = findObject(catalog, object.key)?.relations ?? [];
  const kindName = (key: string) => label(kinds.find((one) => one.key === key)?.label) || key;
  const objectLink = (key: string) => {
    const other = findObject(catalog, key);
    if (!whole && !can(other, "configure")) return <span key={key}>{label(other?.label) || key}</span>;
    return (
      <Link
        key={key}
        className={classes.name}
        to="/w/$ws/settings/objects/$key"
        params={{ ws: currentWorkspace(), key }}
        search={{ tab: "relations" }}
      >
        {label(other?.label) || key}
      </Link>
    );
  };
  return (
    <>
      <div className={classes.tools}>
        <h2 className={classes.sectionTitle} style={{ margin: 0 }}>
          {t("objects.points_at")}
        </h2>
        <span className={classes.space} />
        {isLive(object) && (
          <Button variant="default" leftSection={<Plus size={16} />} onClick={() => setOpened("new")}>
            {t("objects.new_relation")}
          </Button>
        )}
      </div>
      {outward.length === 0 ? (
        <EmptyState compact title={t("objects.points_at_none")} />
      ) : (
        <div className={classes.frame}>
          <table className={classes.table}>
            <thead>
              <tr>
                <th>{t("objects.field")}</th>
                <th>{t("objects.target")}</th>
                <th className={classes.secondary}>{t("objects.kind")}</th>
                <th className={classes.secondary}>{t("objects.reverse_label")}</th>
                <th className={classes.secondary}>{t("objects.on_delete")}</th>
              </tr>
            </thead>
            <tbody>
              {outward.map((field) => (
                <tr key={field.id}>
                  <td>
                    {kept.has(field.key) ? (
                      <span className={classes.name}>{label(field.values.label)}</span>
                    ) : (
                      <button type="button" className={classes.link} onClick={() => setOpened(field)}>
                        {label(field.values.label)}
                      </button>
                    )}
                  </td>
                  <td>
                    <span className={classes.marks}>
                      {targets(field).map(objectLink)}
                      {targets(field).includes(object.key) && <Chip hue="violet">{t("objects.tree")}</Chip>}
                    </span>
                  </td>
                  <td className={classes.secondary}>{kindName(field.kind)}</td>
                  <td className={classes.secondary}>
                    {field.values.settings.reverse
                      ? label(field.values.settings.reverse_label as never) || field.values.settings.reverse
                      : "—"}
                  </td>
                  <td className={classes.secondary}>
                    {field.kind === "lookup" || field.kind === "person"
                      ? t(`objects.on_delete_${field.values.settings.on_delete ?? "clear"}`)
                      : "—"}
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
      <h2 className={classes.sectionTitle} style={{ marginTop: 24 }}>
        {t("objects.pointed_from")}
      </h2>
      {inward.length === 0 ? (
        <EmptyState compact title={t("objects.pointed_from_none")} />
      ) : (
        <div className={classes.frame}>
          <table className={classes.table}>
            <thead>
              <tr>
                <th>{t("objects.reverse_label")}</th>
                <th>{t("objects.object")}</th>
                <th className={classes.secondary}>{t("objects.by_field")}</th>
              </tr>
            </thead>
            <tbody>
              {inward.map((relation) => {
                const other = findObject(catalog, relation.object);
                const field = other && findField(other, relation.field);
                return (
                  <tr key={relation.key}>
                    <td>{label(relation.label)}</td>
                    <td>{objectLink(relation.object)}</td>
                    <td className={classes.secondary}>{label(field?.label) || relation.field}</td>
                  </tr>
                );
              })}
            </tbody>
          </table>
        </div>
      )}
      {opened === "new" && (
        <FieldPanel object={object} field={null} group="relation" onClose={() => setOpened(null)} />
      )}
      {opened && opened !== "new" && (
        <FieldPanel object={object} field={opened} onClose={() => setOpened(null)} />
      )}
    </>
  );
}
