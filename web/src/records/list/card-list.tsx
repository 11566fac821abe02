/** The records of a list as cards, for narrow screens: title and three fields. */
import { useVirtualizer } from "@tanstack/react-virtual";
import { useEffect, useRef } from "react";
import { useTranslation } from "react-i18next";
import type { CatalogObject, Language, RecordRow } from "@/api/types";
import { shownKind } from "../field-kinds/shown-kind";
import { useGridColumns } from "../grid/grid-columns";
import { rowLines } from "../grid/lines";
import type { Column } from "../query/columns";
import type { RowStore } from "../query/row-store";
import classes from "./list.module.css";

const FIELDS_SHOWN = 3;
const CARD_HEIGHT = 104;
const CARDS_AROUND = 5;

export function CardList({
  object,
  store,
  columns,
  onOpen,
  hrefOf,
}: {
  object: CatalogObject;
  store: RowStore | undefined;
  columns: Column[];
  onOpen(row: RecordRow): void;
  hrefOf(row: RecordRow): string;
}) {
  const { i18n } = useTranslation();
  const language = i18n.language as Language;
  const scroller = useRef<HTMLUListElement>(null);
  const [title, ...rest] = useGridColumns(object, columns, language);
  const count = store ? rowLines({ key: "all", count: null, store, heading: false }) : 0;
  const virtual = useVirtualizer({
    count,
    getScrollElement: () => scroller.current,
    estimateSize: () => CARD_HEIGHT,
    overscan: CARDS_AROUND,
  });
  const items = virtual.getVirtualItems();
  const from = items[0]?.index ?? 0;
  const to = items.at(-1)?.index ?? 0;
  useEffect(() => store?.ensure(from, to), [store, from, to]);
  const shown = rest.filter((column) => column.kind.trait !== "file").slice(0, FIELDS_SHOWN);
  return (
    <ul ref={scroller} className={classes.cards}>
      <li style={{ height: virtual.getTotalSize() }} aria-hidden />
      {items.map(({ index, start, key }) => {
        const row = store?.rowAt(index);
        const value = row && title ? row[title.path] : null;
        return (
          <li
            key={key}
            className={classes.card}
            style={{ transform: `translateY(${start}px)`, height: CARD_HEIGHT - 8 }}
          >
            {row && title ? (
              <a
                className={classes.cardLink}
                href={hrefOf(row)}
                onClick={(event) => {
                  event.preventDefault();
                  onOpen(row);
                }}
              >
                <span className={classes.cardTitle}>{title.kind.toText(value, title.field, language)}</span>
                {shown.map(({ path, label, field }) => {
                  const kind = shownKind(field, row[path]);
                  return (
                    <span key={path} className={classes.cardField}>
                      <span className={classes.cardLabel}>{label}</span>
                      {!kind.isEmpty(row[path]) && (
                        <kind.Display value={row[path]} field={field} language={language} linked={false} />
                      )}
                    </span>
                  );
                })}
              </a>
            ) : (
              <span className={classes.cardBone} />
            )}
          </li>
        );
      })}
    </ul>
  );
}
