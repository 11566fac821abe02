/** What an app may ask for, as the protocol writes it: `company:read`, `company:write`, `*:read`; writing includes reading. */
export type Reach = "none" | "read" | "write";

export const EVERY = "*";

/** What the scopes say of one object by its own name, whatever they say of all. */
function ownReach(scopes: readonly string[], object: string): Reach {
  if (scopes.includes(`${object}:write`)) return "write";
  return scopes.includes(`${object}:read`) ? "read" : "none";
}

/** What the scopes come to for one object: its own, or what holds of all when that is more. */
export function reachOf(scopes: readonly string[], object: string): Reach {
  const [own, every] = [ownReach(scopes, object), ownReach(scopes, EVERY)];
  if (own === "write" || every === "write") return "write";
  return own === "read" || every === "read" ? "read" : "none";
}

/** The scopes with another reach for one object; what "all" already says is not said twice. */
export function withReach(scopes: readonly string[], object: string, reach: Reach): string[] {
  const others = scopes.filter((one) => one !== `${object}:read` && one !== `${object}:write`);
  const next = reach === "none" ? others : [...others, `${object}:${reach}`];
  const every = ownReach(next, EVERY);
  return next.filter((one) => {
    if (one.startsWith(`${EVERY}:`)) return true;
    return every === "none" || (every === "read" && one.endsWith(":write"));
  });
}

/** Whether a reach may be chosen for one object: what is given for all objects cannot be taken from one. */
export function mayChoose(scopes: readonly string[], object: string, reach: Reach): boolean {
  const every = object === EVERY ? "none" : ownReach(scopes, EVERY);
  return every === "none" || reach === "write" || (every === "read" && reach === "read");
}

/** The scopes in the order in which they are told: all objects first, then each by its key; "write" stands for both. */
export function told(scopes: readonly string[]): { object: string; writes: boolean }[] {
  const objects = [...new Set(scopes.map((one) => one.slice(0, one.lastIndexOf(":"))))];
  return objects
    .map((object) => ({ object, writes: ownReach(scopes, object) === "write" }))
    .sort((a, b) => Number(b.object === EVERY) - Number(a.object === EVERY));
}

/** Addresses as they are typed, one a line. */
export function linesOf(text: string): string[] {
  return text
    .split(/\s+/)
    .map((line) => line.trim())
    .filter(Boolean);
}

/** Where an app finds the authorization server, by the names of the protocol. */
export function endpointsOf(issuer: string) {
  return {
    metadata: `${issuer}/.well-known/oauth-authorization-server`,
    authorize: `${issuer}/oauth/authorize`,
    token: `${issuer}/oauth/token`,
    revoke: `${issuer}/oauth/revoke`,
  };
}
