/** The state of the line editor: rows, prices asked for, and what is handed on as changes of lines. */
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useEffect, useRef, useState } from "react";
import type { PricedLines, RecordRow } from "@/api/types";
import { useObject } from "@/lib/catalog";
import { errorMessage } from "@/lib/error-message";
import { useMe } from "@/lib/me";
import { queryRecords, recordKeys, runAction } from "@/lib/records";
import { orNull } from "../field-kinds/parts/lists";
import { type LineEdit, lineColumns, lineObject } from "../field-kinds/sub_table/lines";
import type { InputProps } from "../field-kinds/types";
import {
  asksPrice,
  editsOf,
  idOf,
  type LineRow,
  newRow,
  PRICE_FIELDS,
  rowsOf,
  text,
  type Values,
  withPrice,
  withValue,
} from "./model";

const PAGE = 200;
const MOST_LINES = 1000;

async function everyLine(
  object: string,
  link: string,
  record: string,
  select: string[],
  signal: AbortSignal,
) {
  const rows: RecordRow[] = [];
  let cursor: string | null = null;
  do {
    const query: Parameters<typeof queryRecords>[1] = {
      select,
      where: { field: link, op: "eq", value: record },
      sort: [{ field: "position", dir: "asc" }],
      limit: PAGE,
      ...(cursor && { cursor }),
    };
    const page = await queryRecords(object, query, signal);
    rows.push(...page.rows);
    cursor = page.next_cursor;
  } while (cursor && rows.length < MOST_LINES);
  return rows;
}

const currencyOf = (record: Values | undefined) =>
  text(record?.currency) ?? text((record?.amount as { currency?: string } | null | undefined)?.currency);

export function useLines(props: InputProps<LineEdit[]>) {
  const { field, record } = props;
  const own = useMe().workspace.currency;
  const child = useObject(lineObject(field));
  const columns = child ? lineColumns(field, child) : [];
  const id = typeof record?.id === "string" ? record.id : "";
  const link = String(field.settings.field ?? "");
  const known = new Set(child?.fields.map((one) => one.key));
  const select = [...new Set([...columns.map((one) => one.key), ...PRICE_FIELDS])].filter((key) =>
    known.has(key),
  );
  const { data: saved, isPending } = useQuery({
    queryKey: [...recordKeys.of(lineObject(field)), "priced lines", link, id, select],
    queryFn: ({ signal }) => everyLine(lineObject(field), link, id, select, signal),
    enabled: Boolean(child && id),
    placeholderData: keepPreviousData,
  });
  const [rows, setRows] = useState<LineRow[]>([]);
  const [problem, setProblem] = useState<string | null>(null);
  /** What was handed on last: another value comes from outside, such as a form that was reset. */
  const told = useRef<LineEdit[] | null | undefined>(undefined);
  const now = useRef({ rows, gone: [] as LineRow[] });
  now.current.rows = rows;

  const seen = useRef(saved);
  useEffect(() => {
    const value = props.value ?? null;
    // Lines that others saved are shown once nothing of one's own would be lost.
    const news = value === null && seen.current !== saved;
    if ((id && !saved) || (told.current === value && !news)) return;
    told.current = value;
    seen.current = saved;
    now.current.gone = [];
    setRows(rowsOf(saved ?? [], value ?? []));
  }, [id, saved, props.value]);

  const put = (next: LineRow[], gone: readonly LineRow[] = []) => {
    now.current = { rows: next, gone: [...now.current.gone, ...gone] };
    setRows(next);
    told.current = orNull(editsOf(next, now.current.gone));
    props.onChange(told.current);
  };
  const price = async (keys: ReadonlySet<string>) => {
    const asked = now.current.rows.filter((row) => keys.has(row.key) && idOf(row.values.product));
    if (asked.length === 0) return;
    try {
      const { result } = await runAction<PricedLines>("catalogue/price-lines", {
        lines: asked.map(({ values }) => ({
          product: idOf(values.product),
          quantity: text(values.quantity) ?? "1",
        })),
        company: idOf(record?.company),
        currency: currencyOf(record),
      });
      const found = new Map(asked.map((row, at) => [row.key, { row, price: result.lines[at] }]));
      setProblem(null);
      put(
        now.current.rows.map((row) => {
          const one = found.get(row.key);
          // Somebody who typed on meanwhile has asked again.
          const same =
            one?.price &&
            idOf(row.values.product) === one.price.product &&
            row.values.quantity === one.row.values.quantity;
          return same && one?.price ? withPrice(row, one.price) : row;
        }),
      );
    } catch (error) {
      setProblem(errorMessage(error));
    }
  };
  const set = (at: number, key: string, value: unknown) => {
    const row = now.current.rows[at];
    if (!row) return;
    const next = withValue(row, key, value);
    put(now.current.rows.map((one, place) => (place === at ? next : one)));
    if (asksPrice(key, next)) void price(new Set([next.key]));
  };
  const insert = (at: number, added: LineRow[] = [newRow()]) => {
    put([...now.current.rows.slice(0, at), ...added, ...now.current.rows.slice(at)]);
  };
  const remove = (from: number, to = from) => {
    const all = now.current.rows;
    put([...all.slice(0, from), ...all.slice(to + 1)], all.slice(from, to + 1));
  };
  /** Rows of values over those from a place on, and new ones behind; prices are asked for once. */
  const fill = (at: number, lists: readonly Values[]) => {
    const next = [...now.current.rows];
    const keys = new Set<string>();
    lists.forEach((values, offset) => {
      let row = next[at + offset] ?? newRow();
      for (const [key, value] of Object.entries(values)) {
        row = withValue(row, key, value);
        if (asksPrice(key, row)) keys.add(row.key);
      }
      next[at + offset] = row;
    });
    put(next);
    void price(keys);
  };
  return {
    child,
    /** What a line can be besides an item, where the lines know of it. */
    kinds: known.has("kind") ? (["heading", "subtotal"] as const) : [],
    columns,
    rows,
    pending: Boolean(id) && isPending,
    problem,
    currency: currencyOf(record) ?? own,
    set,
    insert,
    remove,
    fill,
  };
}

export type Lines = ReturnType<typeof useLines>;
