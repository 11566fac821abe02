/** When a person last touched a page of the product in this browser: all its tabs together. */

const STORE = "guanxi.touched";
const TOUCHES = ["pointerdown", "keydown", "wheel", "touchstart"] as const;
/** Other tabs are told so often at most. */
const TELL_MS = 5_000;

let touched = Date.now();
let told = 0;

function touch(): void {
  touched = Date.now();
  if (touched - told < TELL_MS) return;
  told = touched;
  localStorage.setItem(STORE, String(touched));
}

for (const name of TOUCHES) window.addEventListener(name, touch, { capture: true, passive: true });

/** Whole seconds since then. */
export function idleSeconds(): number {
  const elsewhere = Number(localStorage.getItem(STORE)) || 0;
  const last = Math.max(touched, Math.min(elsewhere, Date.now()));
  return Math.max(0, Math.floor((Date.now() - last) / 1_000));
}

/** Counts as a touch: somebody said so with a button. */
export function stayActive(): void {
  told = 0;
  touch();
}
