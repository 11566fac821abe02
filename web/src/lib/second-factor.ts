/** Requests about second factors: the second step of signing in, setting one up, and proving again who one is. */
import type { KnownDevice, KnownDevices } from "@/api/types";
import { request } from "./api";
import { authRequest, type SecondFactorType, type SignInStep, signInRequest } from "./auth";
import { askPasskey, makePasskey, type PasskeyOptions } from "./passkeys";

interface Answer<T> {
  data: T;
}

/** One way of the account to pass the second step; moments are seconds since 1970. */
export interface SecondFactor {
  type: SecondFactorType;
  created_at: number;
  last_used_at: number | null;
  id?: number;
  name?: string;
  /** Whether it signs in without a password. */
  is_passwordless?: boolean;
  total_code_count?: number;
  unused_code_count?: number;
  unused_codes?: string[];
}

async function options(path: string, kind: "creation_options" | "request_options"): Promise<PasskeyOptions> {
  const answer = await authRequest<Answer<Record<string, PasskeyOptions>>>(path, "GET");
  return answer.data[kind] as PasskeyOptions;
}

export function enterCode(code: string): Promise<SignInStep> {
  return signInRequest("/auth/2fa/authenticate", { code: code.replaceAll(" ", "") });
}

export async function stepWithPasskey(): Promise<SignInStep> {
  const credential = await askPasskey(await options("/auth/webauthn/authenticate", "request_options"));
  return signInRequest("/auth/webauthn/authenticate", { credential });
}

/** The last step after a second factor: whether this browser is asked for it again. */
export function trustDevice(trust: boolean): Promise<SignInStep> {
  return signInRequest("/auth/2fa/trust", { trust });
}

export async function signInWithPasskey(): Promise<SignInStep> {
  const credential = await askPasskey(await options("/auth/webauthn/login", "request_options"));
  return signInRequest("/auth/webauthn/login", { credential });
}

export async function proveWithPassword(password: string): Promise<void> {
  await authRequest("/auth/reauthenticate", "POST", { password });
}

export async function proveWithCode(code: string): Promise<void> {
  await authRequest("/auth/2fa/reauthenticate", "POST", { code: code.replaceAll(" ", "") });
}

export async function proveWithPasskey(): Promise<void> {
  const credential = await askPasskey(await options("/auth/webauthn/reauthenticate", "request_options"));
  await authRequest("/auth/webauthn/reauthenticate", "POST", { credential });
}

export async function listSecondFactors(): Promise<SecondFactor[]> {
  return (await authRequest<Answer<SecondFactor[]>>("/account/authenticators", "GET")).data;
}

/** A fresh secret for an app on the telephone, as text and as the address that its camera reads. */
export async function newAppSecret(): Promise<{ secret: string; totp_url: string }> {
  const answer = await authRequest<{ meta: { secret: string; totp_url: string } }>(
    "/account/authenticators/totp",
    "GET",
    undefined,
    [404],
  );
  return answer.meta;
}

export async function confirmApp(code: string): Promise<void> {
  await authRequest("/account/authenticators/totp", "POST", { code: code.replaceAll(" ", "") });
}

export async function removeApp(): Promise<void> {
  await authRequest("/account/authenticators/totp", "DELETE");
}

/** The recovery codes, which are told once; none when they were told before. */
export async function tellRecoveryCodes(): Promise<string[]> {
  const answer = await authRequest<Answer<SecondFactor>>("/account/authenticators/recovery-codes", "GET");
  return answer.data.unused_codes ?? [];
}

export async function makeRecoveryCodes(): Promise<string[]> {
  const answer = await authRequest<Answer<SecondFactor>>(
    "/account/authenticators/recovery-codes",
    "POST",
    {},
  );
  return answer.data.unused_codes ?? [];
}

export async function addPasskey(name: string): Promise<void> {
  const path = "/account/authenticators/webauthn";
  const credential = await makePasskey(await options(`${path}?passwordless`, "creation_options"));
  await authRequest(path, "POST", { name, credential, passwordless: true });
}

export async function renamePasskey(id: number, name: string): Promise<void> {
  await authRequest("/account/authenticators/webauthn", "PUT", { id, name });
}

export async function removePasskey(id: number): Promise<void> {
  await authRequest("/account/authenticators/webauthn", "DELETE", { authenticators: [id] });
}

export async function listKnownDevices(): Promise<KnownDevice[]> {
  return (await request<KnownDevices>("/api/v1/account/devices")).devices;
}

export async function forgetDevice(id: number): Promise<KnownDevice[]> {
  return (await request<KnownDevices>(`/api/v1/account/devices/${id}`, { method: "DELETE" })).devices;
}
