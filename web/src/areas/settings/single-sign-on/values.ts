/** The form of an identity provider: its values, what is sent, and on which step each of them stands. */
import type { ProviderState, RoleForValue } from "@/api/types";

export type Protocol = "oidc" | "saml";

export interface ProviderValues {
  name: string;
  issuer: string;
  client_id: string;
  /** Null leaves the secret as it is. */
  secret: string | null;
  scopes: string;
  sign_in_url: string;
  certificates: string[];
  domains: string[];
  email_claim: string;
  name_claim: string;
  roles_claim: string;
  role_map: RoleForValue[];
  makes_members: boolean;
  default_role: string | null;
  default_department: string | null;
}

export const STEPS = ["connection", "people", "try"] as const;
export type Step = (typeof STEPS)[number];

const OF_CONNECTION = ["name", "issuer", "client_id", "secret", "scopes", "sign_in_url", "certificates"];

/** The first step on which one of these fields stands; null when none does. */
export function stepOf(fields: string[]): Step | null {
  if (fields.length === 0) return null;
  return fields.some((field) => OF_CONNECTION.includes(field)) ? "connection" : "people";
}

export function valuesOf(provider: ProviderState | null): ProviderValues {
  return {
    name: provider?.name ?? "",
    issuer: provider?.issuer ?? "",
    client_id: provider?.client_id ?? "",
    secret: provider ? null : "",
    scopes: provider?.scopes ?? "",
    sign_in_url: provider?.sign_in_url ?? "",
    certificates: provider?.certificates ?? [],
    domains: provider?.domains ?? [],
    email_claim: provider?.email_claim ?? "email",
    name_claim: provider?.name_claim ?? "name",
    roles_claim: provider?.roles_claim ?? "",
    role_map: provider?.role_map ?? [],
    makes_members: provider?.makes_members ?? true,
    default_role: provider?.default_role ?? null,
    default_department: provider?.default_department ?? null,
  };
}

/** What is sent: lines of the map that nobody filled in are left out, and so is a secret that stays. */
export function paramsOf(values: ProviderValues): Record<string, unknown> {
  const { secret, role_map, ...others } = values;
  const pairs = role_map.filter(({ value, role }) => value.trim() !== "" || role !== "");
  return { ...others, role_map: pairs, ...(secret === null ? {} : { secret }) };
}

/** What is still missing on the first step, as the last part of a text's key; null when nothing is. */
export function missing(values: ProviderValues, protocol: Protocol): string | null {
  const has = (key: "name" | "issuer" | "client_id" | "sign_in_url") => values[key].trim() !== "";
  if (!has("name")) return "name";
  if (protocol === "oidc") return has("issuer") ? (has("client_id") ? null : "client_id") : "issuer";
  if (!has("issuer") || !has("sign_in_url") || values.certificates.length === 0) return "metadata";
  return null;
}

/** Whether a line of the map names a value without a role, or a role without a value. */
export const isHalf = ({ value, role }: RoleForValue): boolean => (value.trim() === "") !== (role === "");
