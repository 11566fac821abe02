/** Who else sells to the customer of an opportunity: the lines of its competitors, where there is room for them. */
import { findField } from "@/lib/catalog";
import type { RecordPartProps } from "@/records/page/extensions";
import { LinesTab } from "@/records/page/lines-tab";

export function CompetitorsTab({ object, record, save }: RecordPartProps) {
  const field = findField(object, "competitors");
  return field ? <LinesTab object={object} record={record} field={field} save={save} /> : null;
}
