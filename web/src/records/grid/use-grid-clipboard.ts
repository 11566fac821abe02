/** Copy and paste of the selected cells through the browser's own clipboard events. */
import { type ClipboardEvent, useCallback } from "react";
import { useTranslation } from "react-i18next";
import type { Language } from "@/api/types";
import { toastError } from "@/ui/toast";
import type { CellEdits } from "../query/cell-edits";
import { CELLS_TYPE, type CopiedCell, copyCells, type PasteCell, planPaste, type RowAt } from "./clipboard";
import type { Range } from "./cursor";
import type { GridColumn } from "./grid-columns";
import { readTsv, writeTsv } from "./tsv";

export function useGridClipboard(
  range: Range,
  rowAt: RowAt,
  columns: GridColumn[],
  language: Language,
  edits: CellEdits,
) {
  const { t } = useTranslation();
  const onCopy = useCallback(
    (event: ClipboardEvent) => {
      const { texts, cells } = copyCells(range, rowAt, columns, language);
      if (texts.length === 0) return;
      event.clipboardData.setData("text/plain", writeTsv(texts));
      event.clipboardData.setData(CELLS_TYPE, JSON.stringify(cells));
      event.preventDefault();
    },
    [range, rowAt, columns, language],
  );
  const onPaste = useCallback(
    (event: ClipboardEvent) => {
      event.preventDefault();
      const { changes, skipped } = planPaste(
        readClipboard(event.clipboardData),
        range,
        rowAt,
        columns,
        language,
      );
      if (changes.length > 0) void edits.edit(changes);
      if (skipped > 0) toastError(t("grid.paste_skipped", { count: skipped }));
    },
    [range, rowAt, columns, language, edits, t],
  );
  return { onCopy, onPaste };
}

function readClipboard(data: DataTransfer): PasteCell[][] {
  const texts = readTsv(data.getData("text/plain"));
  const own = data.getData(CELLS_TYPE);
  const cells: CopiedCell[][] = own ? JSON.parse(own) : [];
  return texts.map((row, down) => row.map((text, right) => ({ text, copied: cells[down]?.[right] })));
}
