/** lookup_value: shown as the kind of its result. */
import { computedKind } from "../parts/computed-kind";

export const lookupValueKind = computedKind("lookup_value", "text", 160);
