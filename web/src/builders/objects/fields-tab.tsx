/** The fields of an object in their order: dragged or moved by key, edited, put away and brought back. */
import { Button, TextInput, VisuallyHidden } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { Plus, Search } from "lucide-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { KindCard } from "@/api/types";
import { label } from "@/lib/label";
import { toastError } from "@/ui/toast";
import { ArchivedFields } from "./archived-fields";
import { ConvertDialog } from "./convert-dialog";
import { FieldPanel } from "./field-panel";
import { FieldRow } from "./field-row";
import { FieldUsage } from "./field-usage";
import { type DesignedField, isArchived, isLive, moved, renumbered } from "./model";
import type { ObjectTabProps } from "./object-tabs";
import classes from "./objects.module.css";
import { useReach } from "./reach";
import { kindsQuery, useMake } from "./requests";
import { useFieldVerbs } from "./use-field-verbs";

type Opened = { what: "edit" | "usage" | "convert"; field: DesignedField } | { what: "new" } | null;

export function FieldsTab({ object }: ObjectTabProps) {
  const { t } = useTranslation();
  const make = useMake();
  const kinds = new Map(
    (useQuery(kindsQuery()).data?.kinds ?? []).map((kind): [string, KindCard] => [kind.key, kind]),
  );
  const verbs = useFieldVerbs(object);
  const { kept } = useReach(object);
  const [typed, setTyped] = useState("");
  const [opened, setOpened] = useState<Opened>(null);
  const [order, setOrder] = useState<DesignedField[] | null>(null);
  const [said, setSaid] = useState("");
  const live = order ?? object.parts.filter(isLive);
  const wanted = typed.trim().toLowerCase();
  const listed = live.filter(({ key, values }) =>
    [key, ...Object.values(values.label)].some((word) => word.toLowerCase().includes(wanted)),
  );
  const archived = object.parts.filter(isArchived);
  const editable = isLive(object);
  const close = () => setOpened(null);

  const move = async (id: string, to: number) => {
    const next = moved(live, id, to);
    const changes = renumbered(next);
    if (changes.length === 0) return;
    setOrder(next);
    try {
      await make("apply", { changes });
      const at = next.findIndex((one) => one.id === id);
      setSaid(t("objects.now_at", { name: label(next[at]?.values.label), place: at + 1, of: next.length }));
    } catch (error) {
      toastError(error);
    } finally {
      setOrder(null);
    }
  };

  return (
    <>
      <VisuallyHidden aria-live="polite">{said}</VisuallyHidden>
      <div className={classes.tools}>
        <TextInput
          className={classes.search}
          aria-label={t("objects.search_field")}
          placeholder={t("objects.search_field")}
          leftSection={<Search size={15} aria-hidden />}
          value={typed}
          onChange={(event) => setTyped(event.currentTarget.value)}
        />
        <span className={classes.quiet}>{t("objects.count_fields", { count: live.length })}</span>
        <span className={classes.space} />
        {editable && (
          <Button leftSection={<Plus size={16} />} onClick={() => setOpened({ what: "new" })}>
            {t("objects.new_field")}
          </Button>
        )}
      </div>
      <div className={classes.frame}>
        <table className={classes.table}>
          <thead>
            <tr>
              {editable && !wanted && <th className={classes.grip} aria-label={t("objects.order")} />}
              <th>{t("objects.field")}</th>
              <th className={classes.secondary}>{t("objects.key")}</th>
              <th>{t("objects.kind")}</th>
              <th className={classes.secondary}>{t("objects.traits")}</th>
              <th className={classes.menu} aria-label={t("objects.actions")} />
            </tr>
          </thead>
          <tbody>
            {listed.map((field, at) => (
              <FieldRow
                key={field.id}
                field={field}
                kind={kinds.get(field.kind)}
                targetKind={field.conversion ? kinds.get(field.conversion.to.kind) : undefined}
                isTitle={object.values.title === field.key}
                place={editable && !wanted ? { at, of: listed.length } : null}
                editable={editable}
                kept={kept.has(field.key)}
                onMove={move}
                onEdit={() => setOpened({ what: "edit", field })}
                onUsage={() => setOpened({ what: "usage", field })}
                onConvert={() => setOpened({ what: "convert", field })}
                onArchive={() => verbs.archive(field)}
                onRevert={() => verbs.revert(field)}
              />
            ))}
          </tbody>
        </table>
      </div>
      {archived.length > 0 && (
        <ArchivedFields fields={archived} kinds={kinds} onRestore={verbs.restore} onDrop={verbs.drop} />
      )}
      {opened?.what === "new" && <FieldPanel object={object} field={null} onClose={close} />}
      {opened?.what === "edit" && <FieldPanel object={object} field={opened.field} onClose={close} />}
      {opened?.what === "usage" && <FieldUsage object={object} field={opened.field} onClose={close} />}
      {opened?.what === "convert" && <ConvertDialog object={object} field={opened.field} onClose={close} />}
      {verbs.question}
    </>
  );
}
