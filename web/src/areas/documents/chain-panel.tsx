/** What a document came from and what came of it, each one click away. */
import { useQueries } from "@tanstack/react-query";
import { ArrowRight } from "lucide-react";
import { useTranslation } from "react-i18next";
import type { Hue, Label } from "@/api/types";
import { findField, findObject, useCatalog } from "@/lib/catalog";
import { label } from "@/lib/label";
import { RecordLink } from "@/records/lookup/record-link";
import { titleOf } from "@/records/lookup/use-record-options";
import type { RecordPartProps } from "@/records/page/extensions";
import { Chip } from "@/ui/chip";
import { IconByName } from "@/ui/icon-by-name";
import { CHAIN, cameFrom, madeQuery } from "./chain";
import classes from "./documents.module.css";

interface One {
  object: string;
  id: string;
  title: string;
  status?: string | null;
}

export function ChainPanel({ object, record }: RecordPartProps) {
  const { t } = useTranslation();
  const catalog = useCatalog();
  const known = (CHAIN[object.key]?.to ?? []).flatMap(([key, field]) => {
    const target = findObject(catalog, key);
    return target && findField(target, field) ? [{ target, field }] : [];
  });
  const made = useQueries({
    queries: known.map(({ target, field }) =>
      madeQuery(target.key, field, record.id, [target.title, "status"]),
    ),
  });
  const before: One[] = cameFrom(object.key, record)
    .filter(({ object: key }) => findObject(catalog, key))
    .map(({ object: key, to }) => ({ object: key, id: to.id, title: to.title ?? "—" }));
  const after: One[] = known.flatMap(({ target }, place) =>
    (made[place]?.data ?? []).map((one) => ({
      object: target.key,
      id: one.id,
      title: titleOf(target, one),
      status: one.status,
    })),
  );
  if (before.length + after.length === 0) return null;
  return (
    <nav className={classes.chain} aria-label={t("documents.chain")}>
      {before.length > 0 && <Row name={t("documents.from")} ones={before} />}
      {before.length > 0 && after.length > 0 && (
        <ArrowRight size={14} aria-hidden="true" className={classes.arrow} />
      )}
      {after.length > 0 && <Row name={t("documents.to")} ones={after} />}
    </nav>
  );
}

function Row({ name, ones }: { name: string; ones: One[] }) {
  return (
    <div className={classes.row}>
      <span className={classes.quiet}>{name}</span>
      {ones.map((one) => (
        <Document key={one.id} one={one} />
      ))}
    </div>
  );
}

function Document({ one }: { one: One }) {
  const catalog = useCatalog();
  const object = findObject(catalog, one.object);
  if (!object) return null;
  const options = (findField(object, "status")?.settings.options ?? []) as {
    key: string;
    label: Label;
    color?: Hue;
  }[];
  const state = options.find(({ key }) => key === one.status);
  return (
    <RecordLink object={one.object} id={one.id} className={classes.document}>
      <IconByName name={object.icon} size={14} />
      <span className={classes.kind}>{label(object.label)}</span>
      <span className={classes.title}>{one.title}</span>
      {state && <Chip hue={state.color ?? "slate"}>{label(state.label)}</Chip>}
    </RecordLink>
  );
}
