/** Moving cards: shown at once, saved, taken back by a toast, put back when the server refuses. */
import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { CatalogObject, Field, RecordRow } from "@/api/types";
import { ApiError } from "@/lib/api";
import { findField } from "@/lib/catalog";
import { recordKeys, updateRecord } from "@/lib/records";
import { toastError } from "@/ui/toast";
import { showUndo } from "@/ui/undo-toast";
import type { RowStore } from "../query/row-store";
import type { BoardColumn } from "./board-model";

export type Move = { row: RecordRow; from: BoardColumn; to: BoardColumn };

/** What the server wants to know before it accepts a move, such as the reason of a loss. */
export type MissingValues = { move: Move; fields: Field[]; problems: Record<string, string> };

export function useMoves(
  object: CatalogObject,
  field: Field | undefined,
  storeOf: (column: BoardColumn) => RowStore | undefined,
) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const [missing, setMissing] = useState<MissingValues | null>(null);

  const shift = (row: RecordRow, from: BoardColumn, to: BoardColumn) => {
    storeOf(from)?.remove([row.id]);
    storeOf(to)?.prepend({ ...row, [field?.key ?? ""]: to.value });
  };

  const refused = (error: unknown, given: Move) => {
    const problems = error instanceof ApiError ? error.byField() : {};
    const fields = Object.keys(problems).flatMap((key) =>
      key === field?.key ? [] : (findField(object, key) ?? []),
    );
    if (fields.length > 0) setMissing({ move: given, fields, problems });
    else toastError(error);
  };

  const move = async (given: Move, values: Record<string, unknown> = {}): Promise<void> => {
    const { row, from, to } = given;
    if (!field || from.key === to.key) return;
    shift(row, from, to);
    try {
      const saved = await updateRecord(object.key, row.id, { [field.key]: to.value, ...values }, row.rev);
      const shown = Object.keys(row);
      storeOf(to)?.patch(
        row.id,
        Object.fromEntries(Object.entries(saved).filter(([key]) => shown.includes(key))),
      );
      showUndo(
        t("board.moved", { name: row[object.title], column: to.name }),
        saved._change_set as string | null,
      );
      void client.invalidateQueries({ queryKey: [...recordKeys.of(object.key), "group"] });
      void client.invalidateQueries({ queryKey: recordKeys.record(object.key, row.id) });
      setMissing(null);
    } catch (error) {
      shift(row, to, from);
      if (error instanceof ApiError && error.code === "records.stale") {
        void client.invalidateQueries({ queryKey: recordKeys.of(object.key) });
      }
      refused(error, given);
    }
  };
  return { move, missing, giveUp: () => setMissing(null) };
}
