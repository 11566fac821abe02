/** One activity in a timeline: what, when, by whom, and its words. */
import { Pin } from "lucide-react";
import { Suspense } from "react";
import { useTranslation } from "react-i18next";
import type { CatalogObject, Field, RecordRow } from "@/api/types";
import { findField, useObject } from "@/lib/catalog";
import { formatDateTime, formatRelative } from "@/lib/format";
import { label } from "@/lib/label";
import { currentLanguage } from "@/lib/language";
import { hueStyle } from "@/ui/chip";
import { IconByName } from "@/ui/icon-by-name";
import { fieldKind } from "../field-kinds";
import { RecordLink } from "../lookup/record-link";
import { titleOf } from "../lookup/use-record-options";
import { extensionsOf } from "../page/extensions";
import { isUpcoming, timeOf } from "./activity-objects";
import type { ActivityItem } from "./arrange";
import classes from "./timeline.module.css";

interface ActivityEntryProps {
  item: ActivityItem;
  /** The record whose timeline this is; an activity about another one says so. */
  about: { object: string; id: string };
}

export function ActivityEntry({ item, about }: ActivityEntryProps) {
  const { t } = useTranslation();
  const object = useObject(item.object);
  if (!object) return null;
  const { record } = item;
  const time = timeOf(object, record);
  const late = time !== null && record.status === "open" && Date.parse(time) < Date.now();
  const marks = extensionsOf(object.key).flatMap((extension) => extension.TimelineMark ?? []);
  const body = wordsOf(object, record);
  return (
    <li
      className={classes.entry}
      data-activity={object.key}
      data-done={record.status === "done" || undefined}
    >
      <span className={classes.sign} style={hueStyle(object.color)}>
        <IconByName name={object.icon} size={14} />
      </span>
      <div className={classes.entryBody}>
        <div className={classes.entryHead}>
          <Suspense>
            {marks.map((Mark, index) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: the areas' marks come in a fixed order.
              <Mark key={index} record={record} />
            ))}
          </Suspense>
          {hasOwnTitle(object) ? (
            <RecordLink object={object.key} id={record.id} className={classes.entryTitle}>
              {titleOf(object, record)}
            </RecordLink>
          ) : (
            <RecordLink object={object.key} id={record.id} className={classes.entryTitle}>
              {label(object.label)}
            </RecordLink>
          )}
          {record.is_pinned === true && <Pin size={12} aria-label={t("timeline.pinned")} />}
          {time && (
            <span className={late ? classes.late : classes.due}>
              {t(
                isUpcoming(object, record, Date.now())
                  ? late
                    ? "timeline.late"
                    : "timeline.planned"
                  : "timeline.held",
                {
                  time: formatDateTime(time),
                },
              )}
            </span>
          )}
        </div>
        <Details object={object} record={record} about={about} />
        {body && <div className={classes.words}>{body}</div>}
        <p className={classes.meta}>
          {item.by?.title ?? t("timeline.system")}
          <time dateTime={item.at} title={formatDateTime(item.at)}>
            {formatRelative(item.at)}
          </time>
        </p>
      </div>
    </li>
  );
}

/** Notes have no title of their own: theirs is made from their words. */
function hasOwnTitle(object: CatalogObject): boolean {
  return findField(object, object.title)?.hidden !== true;
}

const WORDS = new Set(["rich_text", "long_text"]);

function wordsOf(object: CatalogObject, record: RecordRow) {
  const fields = object.fields.filter(
    (field) => (WORDS.has(field.kind) || field.kind === "file") && !field.hidden,
  );
  const drawn = fields
    .filter((field) => !fieldKind(field.kind).isEmpty(record[field.key]))
    .map((field) => draw(field, record, false));
  return drawn.length > 0 ? drawn : null;
}

function draw(field: Field, record: RecordRow, inline: boolean) {
  const { Display } = fieldKind(field.kind);
  return (
    <Display
      key={field.key}
      value={record[field.key]}
      field={field}
      language={currentLanguage()}
      inline={inline}
    />
  );
}

const DETAILS = new Set(["choice", "integer", "many_to_many", "text", "about"]);

/** The short facts: outcome, place, attendees; and what it is about when that is another record. */
function Details({
  object,
  record,
  about,
}: {
  object: CatalogObject;
  record: RecordRow;
  about: ActivityEntryProps["about"];
}) {
  const shown = object.fields.filter((field) => {
    if (!DETAILS.has(field.kind) || field.hidden || field.system || field.key === object.title) return false;
    if (
      field.key === "status" ||
      field.key === "external_id" ||
      fieldKind(field.kind).isEmpty(record[field.key])
    )
      return false;
    if (field.kind !== "about") return true;
    const other = record[field.key] as { id: string };
    return other.id !== about.id;
  });
  if (shown.length === 0) return null;
  return (
    <p className={classes.details}>
      {shown.map((field) => (
        <span key={field.key} className={classes.detail} title={label(field.label)}>
          {field.kind === "integer" && `${label(field.label)} `}
          {draw(field, record, true)}
        </span>
      ))}
    </p>
  );
}
