/** rating: a number of stars. */

import { lazily } from "@/ui/lazily";
import { isEmptyNumber } from "../parts/number-kind";
import type { FieldKind, InputProps } from "../types";
import { RatingDisplay } from "./display";
import { mostStars, parseRating } from "./value";

export const ratingKind: FieldKind<number> = {
  kind: "rating",
  trait: "number",
  Display: RatingDisplay,
  Input: lazily<InputProps<number>>(() => import("./input"), 20),
  toText: (value) => (isEmptyNumber(value) ? "" : String(value)),
  fromText: (text, field) => parseRating(text, mostStars(field)),
  isEmpty: isEmptyNumber,
  validate: (value, field) =>
    Number.isInteger(value) && value >= 1 && value <= mostStars(field)
      ? null
      : { code: "rating", params: { max: mostStars(field) } },
  align: "start",
  editableInCell: true,
  cellEditor: "inline",
  width: 120,
};
