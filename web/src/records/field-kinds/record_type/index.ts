/** record_type: the type of a record, one of those that its object has; shown and chosen like any option. */
import { choiceKind } from "../choice";
import type { FieldKind } from "../types";

export const recordTypeKind: FieldKind<string> = { ...choiceKind, kind: "record_type" };
