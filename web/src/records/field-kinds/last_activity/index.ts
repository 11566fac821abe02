/** last_activity: shown as the kind of its result. */
import { computedKind } from "../parts/computed-kind";

export const lastActivityKind = computedKind("last_activity", "datetime", 150);
