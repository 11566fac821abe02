/** What holds of API keys: whether one works, until when a new one shall, and how it is used. */
import dayjs from "dayjs";
import type { Hue, KeyState, OwnRole } from "@/api/types";

/** How a key stands; `roleless` and `soon` are keys that have not ended. */
export type Standing = "active" | "soon" | "roleless" | "expired" | "revoked";

export const STANDING_HUES: Record<Standing, Hue> = {
  active: "green",
  soon: "amber",
  roleless: "red",
  expired: "slate",
  revoked: "slate",
};
const SOON_DAYS = 7;

/** A key opens nothing once its member holds none of its roles any more, whatever its state says. */
export function standingOf(
  key: Pick<KeyState, "state" | "roles" | "expires_at">,
  now: Date = new Date(),
): Standing {
  if (key.state === "revoked" || key.state === "expired") return key.state;
  if (key.expires_at && new Date(key.expires_at) <= now) return "expired";
  if (!key.roles.some(({ held }) => held)) return "roleless";
  return key.expires_at && dayjs(key.expires_at).subtract(SOON_DAYS, "day").toDate() <= now
    ? "soon"
    : "active";
}

export function hasEnded(standing: Standing): boolean {
  return standing === "expired" || standing === "revoked";
}

/** The roles that a new key begins with: those still held of the key that it replaces, or the only one there is. */
export function rolesToBegin(own: readonly OwnRole[], like: Pick<KeyState, "roles"> | null): string[] {
  const ids = own.map(({ id }) => id);
  if (like) return ids.filter((id) => like.roles.some((role) => role.id === id));
  return ids.length === 1 ? ids : [];
}

export const LASTING = ["30", "90", "365", "day", "never"] as const;
export type Lasting = (typeof LASTING)[number];

/** The last moment of a new key: so many days on, or the end of the chosen day where the reader is. */
export function expiryOf(lasting: Lasting, day: string | null, now: Date = new Date()): string | null {
  if (lasting === "never") return null;
  if (lasting !== "day") return dayjs(now).add(Number(lasting), "day").toISOString();
  return day ? dayjs(day).add(1, "day").startOf("day").toISOString() : null;
}

/** A first call to try a key with; every key may ask who it is. */
export function curlOf(origin: string, workspace: string, secret: string): string {
  return `curl -H "Authorization: Bearer ${secret}" ${origin}/api/v1/${encodeURIComponent(workspace)}/me`;
}

/** What was called, without the beginning that all addresses of a workspace share. */
export function calledPath(path: string, workspace: string): string {
  const start = `/api/v1/${encodeURIComponent(workspace)}/`;
  return path.startsWith(start) ? path.slice(start.length) : path;
}
