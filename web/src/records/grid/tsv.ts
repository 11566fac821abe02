/** Tab-separated text as spreadsheets put it on the clipboard and read it back. */

/** Cells with tabs, line breaks or quotes are quoted the way spreadsheets do. */
export function writeTsv(rows: string[][]): string {
  return rows.map((cells) => cells.map(quote).join("\t")).join("\n");
}

const quote = (cell: string) => (/[\t\n\r"]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell);

/** Reads a block of cells; the final line break of a spreadsheet does not make a row. */
export function readTsv(text: string): string[][] {
  const rows: string[][] = [[]];
  let at = 0;
  while (at <= text.length) {
    const { cell, next } = text[at] === '"' ? readQuoted(text, at) : readPlain(text, at);
    (rows.at(-1) as string[]).push(cell);
    if (text[next] === "\t") {
      at = next + 1;
      continue;
    }
    if (next >= text.length) break;
    at = next + (text.startsWith("\r\n", next) ? 2 : 1);
    if (at >= text.length) break;
    rows.push([]);
  }
  return rows;
}

function readPlain(text: string, from: number) {
  const rest = text.slice(from).search(/[\t\r\n]/);
  const next = rest < 0 ? text.length : from + rest;
  return { cell: text.slice(from, next), next };
}

function readQuoted(text: string, from: number) {
  let cell = "";
  let at = from + 1;
  while (at < text.length) {
    if (text[at] !== '"') cell += text[at++];
    else if (text[at + 1] === '"') {
      cell += '"';
      at += 2;
    } else break;
  }
  const closed = text[at] === '"';
  const next = at + 1;
  const ends = next >= text.length || /[\t\r\n]/.test(text[next] as string);
  return closed && ends ? { cell, next } : readPlain(text, from);
}
