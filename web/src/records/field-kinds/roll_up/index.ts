/** roll_up: shown as the kind of its result. */
import { computedKind } from "../parts/computed-kind";

export const rollUpKind = computedKind("roll_up", "number", 120);
