/** The parameters of a button's action for one record. */

const RECORD = "@record";

/** The settings' values, with the record's id where they say `@record`. */
export function paramsFor(settings: unknown, record: string): Record<string, unknown> {
  const params = settings && typeof settings === "object" ? Object.entries(settings) : [];
  return Object.fromEntries(params.map(([name, value]) => [name, value === RECORD ? record : value]));
}
