/** Moving cards: shown at once, saved, taken back by a toast, put back when the server refuses. */
import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { CatalogObject, Field, RecordRow, Reference } from "@/api/types";
import { ApiError } from "@/lib/api";
import { findField } from "@/lib/catalog";
import { recordKeys, updateRecord } from "@/lib/records";
import { toastError } from "@/ui/toast";
import { showUndo } from "@/ui/undo-toast";
import type { RowStore } from "../query/row-store";
import type { BoardColumn } from "./board-model";
import { boardExtensionOf } from "./extensions";

export type Move = { row: RecordRow; from: BoardColumn; to: BoardColumn };

/** What the server wants to know before it accepts a move, such as the reason of a loss. */
export type MissingValues = {
  move: Move;
  fields: Field[];
  problems: Record<string, string>;
  /** The area's own question is asked instead of a form. */
  asked: boolean;
};

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
    const extension = boardExtensionOf(object.key);
    const asked =
      error instanceof ApiError && error.fields.some(({ code }) => extension?.answers(code) ?? false);
    if (fields.length > 0 || asked) setMissing({ move: given, fields, problems, asked });
    else toastError(error);
  };

  /** Where somebody else moved the card meanwhile, in words; null when they changed something else. */
  const overtaken = (error: unknown, row: RecordRow): string | null => {
    if (!(error instanceof ApiError) || error.code !== "records.stale" || !field) return null;
    const current = error.params.current as RecordRow | undefined;
    const there = current?.[field.key] as Reference | null | undefined;
    const seen = row[field.key] as Reference | null | undefined;
    if (!there?.title || there.id === seen?.id) return null;
    const who = (current?.updated_by as Reference | null | undefined)?.title ?? "—";
    return t("board.overtaken", { name: row[object.title], who, column: there.title });
  };

  /** True when the server kept it. */
  const move = async (given: Move, values: Record<string, unknown> = {}): Promise<boolean> => {
    const { row, from, to } = given;
    if (!field || from.key === to.key) return false;
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
      return true;
    } catch (error) {
      shift(row, to, from);
      const told = overtaken(error, row);
      if (error instanceof ApiError && error.code === "records.stale") {
        void client.invalidateQueries({ queryKey: recordKeys.of(object.key) });
      }
      if (told) {
        setMissing(null);
        toastError(told);
      } else refused(error, given);
      return false;
    }
  };
  return { move, missing, giveUp: () => setMissing(null) };
}
