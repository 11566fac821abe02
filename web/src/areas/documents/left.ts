/** What is left of lines that further documents are made of, in units of their quantities (four decimals). */
import type { RecordRow, Reference } from "@/api/types";

const SCALE = 10_000;
const units = (text: string | null | undefined) => Math.round(Number(text ?? 0) * SCALE);

export interface ConvertibleLine extends RecordRow {
  name: string | null;
  kind?: string | null;
  quantity: string;
  unit: Reference | null;
  optional?: boolean | null;
  chosen?: boolean | null;
  converted_quantity: string | null;
}

/** Quantity less what was taken over, never past zero; nothing of headings and of options that nobody chose. */
export function leftOf(line: ConvertibleLine): number {
  if ((line.kind ?? "item") !== "item" || (line.optional && !line.chosen)) return 0;
  const quantity = units(line.quantity);
  const rest = quantity - units(line.converted_quantity);
  return rest > 0 === quantity > 0 ? rest / SCALE : 0;
}
