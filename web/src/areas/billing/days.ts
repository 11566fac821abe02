/** Days as the API writes them, where the person is. */
const text = (day: Date) =>
  `${day.getFullYear()}-${String(day.getMonth() + 1).padStart(2, "0")}-${String(day.getDate()).padStart(2, "0")}`;

export const today = () => text(new Date());

/** The first and the last day of the month that lies so many months back. */
export function monthBack(months: number, now = new Date()): [string, string] {
  return [
    text(new Date(now.getFullYear(), now.getMonth() - months, 1)),
    text(new Date(now.getFullYear(), now.getMonth() - months + 1, 0)),
  ];
}
