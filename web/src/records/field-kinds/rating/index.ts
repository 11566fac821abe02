/** rating: a number of stars. */
import { isEmptyNumber } from "../parts/number-kind";
import type { FieldKind } from "../types";
import { RatingDisplay } from "./display";
import { RatingInput } from "./input";
import { mostStars, parseRating } from "./value";

export const ratingKind: FieldKind<number> = {
  kind: "rating",
  trait: "number",
  Display: RatingDisplay,
  Input: RatingInput,
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
