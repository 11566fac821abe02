/** Name and time over everything on the screen and on paper, faint and out of the way, for roles that ask for it. */
import { useEffect, useState } from "react";
import { createPortal } from "react-dom";
import { formatDateTime } from "@/lib/format";
import classes from "./watermark.module.css";

const EVERY_MS = 60_000;
const TILE = { width: 340, height: 200 };

/** One tile as an address of a picture; the text stands askew so that cropping leaves some of it. */
export function tile(text: string): string {
  const escaped = text.replace(/[&<>"']/g, (sign) => `&#${sign.charCodeAt(0)};`);
  const { width, height } = TILE;
  const svg =
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}">` +
    `<text x="50%" y="50%" text-anchor="middle" transform="rotate(-22 ${width / 2} ${height / 2})"` +
    ` font-family="sans-serif" font-size="14" fill="#808080">${escaped}</text></svg>`;
  return `url("data:image/svg+xml,${encodeURIComponent(svg)}")`;
}

export function Watermark({ name }: { name: string }) {
  const [now, setNow] = useState(() => new Date().toISOString());
  useEffect(() => {
    const timer = setInterval(() => setNow(new Date().toISOString()), EVERY_MS);
    return () => clearInterval(timer);
  }, []);
  const style = { backgroundImage: tile(`${name} ${formatDateTime(now)}`) };
  return createPortal(<div className={classes.watermark} style={style} aria-hidden />, document.body);
}
