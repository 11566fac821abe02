/** The page of one record. */
export function RecordPage() {
  return null;
}
