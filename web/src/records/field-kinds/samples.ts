/** One sample per kind for the conformance suite. */
import { choices } from "./samples/choices";
import { contacts } from "./samples/contacts";
import { others } from "./samples/others";
import { plain } from "./samples/plain";
import type { KindSample } from "./samples/sample";

export const kindSamples: Record<string, KindSample> = { ...plain, ...choices, ...contacts, ...others };
