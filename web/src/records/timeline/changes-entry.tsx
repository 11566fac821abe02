/** Changes of the record's own fields: one is told outright, several fold into "5 处修改". */
import { Link } from "@tanstack/react-router";
import { Eye, PencilLine, Plus, Share2, Trash2, Undo2 } from "lucide-react";
import { useTranslation } from "react-i18next";
import type { CatalogObject } from "@/api/types";
import { formatDateTime, formatRelative } from "@/lib/format";
import { label } from "@/lib/label";
import { useOpens } from "@/lib/rights";
import { currentWorkspace } from "@/lib/workspace";
import { hueStyle } from "@/ui/chip";
import { shareSentence } from "../share/share-words";
import type { ChangeItem, FoldedChanges } from "./arrange";
import { FieldChanges, OneChange } from "./field-changes";
import classes from "./timeline.module.css";

const SIGNS: Record<string, typeof PencilLine> = {
  create: Plus,
  delete: Trash2,
  restore: Undo2,
  share: Share2,
  reveal: Eye,
};

export function ChangesEntry({
  object,
  record,
  entry,
}: {
  object: CatalogObject;
  /** Id of the record that changed. */
  record: string;
  entry: FoldedChanges;
}) {
  const { t } = useTranslation();
  const [first] = entry.changes;
  const op = first?.op ?? "update";
  const Sign = SIGNS[op] ?? PencilLine;
  const who = entry.by?.title ?? t("timeline.system");
  const only = entry.count === 1 ? entry.changes.flatMap((change) => change.fields)[0] : undefined;
  return (
    <li className={classes.entry} data-change={op}>
      <span className={classes.sign} style={hueStyle("slate")}>
        <Sign size={14} aria-hidden="true" />
      </span>
      <div className={classes.entryBody}>
        {first?.share ? (
          <p className={classes.entryHead}>{shareSentence(first.share, who)}</p>
        ) : op !== "update" ? (
          <p className={classes.entryHead}>{t(`timeline.op_${op}`, { who, field: label(only?.label) })}</p>
        ) : only ? (
          <div className={classes.entryHead}>
            <span>{t("timeline.changed_single", { who })}</span>
            <OneChange object={object} change={only} />
          </div>
        ) : (
          <details className={classes.fold}>
            <summary>{t("timeline.changed", { who, count: entry.count })}</summary>
            {entry.changes.map((change) => (
              <FieldChanges
                key={`${change.change_set}/${change.at}`}
                object={object}
                fields={change.fields}
              />
            ))}
          </details>
        )}
        <Meta at={entry.at} via={entry.via} flow={entry.flow} record={record} />
      </div>
    </li>
  );
}

type MetaProps = Pick<ChangeItem, "at" | "via" | "flow"> & { record: string };

function Meta({ at, ...by }: MetaProps) {
  return (
    <p className={classes.meta}>
      <time dateTime={at} title={formatDateTime(at)}>
        {formatRelative(at)}
      </time>
      <Via {...by} />
    </p>
  );
}

/** By what way a change came, unless that goes without saying: by a person at the screen, by the system itself. */
export function Via({ via, flow, record }: Omit<MetaProps, "at">) {
  const { t } = useTranslation();
  const looksAfter = useOpens("automation");
  if (via === "ui" || via === "system") return null;
  const way = t("timeline.via", { via: t(`timeline.via_${via}`, { name: flow?.name }) });
  if (!flow || !looksAfter) return <span>{way}</span>;
  return (
    <Link
      className={classes.way}
      to="/w/$ws/settings/automation"
      params={{ ws: currentWorkspace() }}
      search={{ tab: "runs", flow: flow.id, record }}
    >
      {way}
    </Link>
  );
}
