/** formula: shown as the kind of its result. */
import { computedKind } from "../parts/computed-kind";

export const formulaKind = computedKind("formula", "number", 120);
