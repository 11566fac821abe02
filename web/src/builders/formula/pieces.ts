/** A formula in pieces, those in which something is wrong and those between. */

export interface Piece {
  text: string;
  wrong: boolean;
}

/** Places count characters; one at the end of the text is shown as a blank behind it. */
export function pieces(text: string, errors: readonly { from: number; to: number }[]): Piece[] {
  const signs = [...text];
  const wrong = signs.map(() => false);
  for (const { from, to } of errors) {
    for (let at = from; at < Math.max(to, from + 1); at++) wrong[at] = true;
  }
  const padded = wrong.length > signs.length ? [...signs, " "] : signs;
  const found: Piece[] = [];
  padded.forEach((sign, at) => {
    const last = found.at(-1);
    const isWrong = wrong[at] ?? false;
    if (last && last.wrong === isWrong) last.text += sign;
    else found.push({ text: sign, wrong: isWrong });
  });
  return found;
}
