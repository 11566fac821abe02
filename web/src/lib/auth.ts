/** Requests of signing in and out: allauth's headless browser API, whose refusals become ApiErrors with our sentences. */
import i18next from "i18next";
import type { Accepted, DeviceSession, DeviceSessions, Invitation } from "@/api/types";
import { ApiError, readResponse, request, send } from "./api";

const BASE = "/_allauth/browser/v1";

interface AuthProblem {
  errors?: { code: string; param?: string; message: string }[];
}

/** Codes of allauth for which we have a clearer sentence than its own. */
const OWN_WORDS: Record<string, string> = {
  email_password_mismatch: "lib.auth_mismatch",
  too_many_login_attempts: "lib.auth_too_many",
  rate_limited: "lib.auth_too_many",
  enter_current_password: "lib.auth_current_password",
  invalid_or_expired_key: "lib.auth_key",
  invalid_password_reset: "lib.auth_key",
  password_too_short: "lib.auth_too_short",
  password_too_common: "lib.auth_too_common",
  password_entirely_numeric: "lib.auth_numeric",
  password_too_similar: "lib.auth_similar",
};

function words(code: string, fallback: string): string {
  const key = OWN_WORDS[code];
  return key ? i18next.t(key) : fallback;
}

/** Sends to allauth; `accept` lists statuses that mean success here (a sign-out answers 401). */
async function authRequest<T>(
  path: string,
  method: "GET" | "POST" | "DELETE",
  body?: unknown,
  accept: number[] = [],
): Promise<T> {
  const response = await send(`${BASE}${path}`, { method, body });
  const data = (await response.json().catch(() => ({}))) as AuthProblem & T;
  if (response.ok || accept.includes(response.status)) return data;
  const problems = data.errors ?? [];
  const [first] = problems;
  const code = response.status === 429 ? "rate_limited" : (first?.code ?? `http_${response.status}`);
  throw new ApiError({
    status: response.status,
    code,
    message: words(code, first?.message ?? ""),
    fields: problems
      .filter((problem) => problem.param)
      .map((problem) => ({
        field: String(problem.param),
        code: problem.code,
        message: words(problem.code, problem.message),
        params: {},
      })),
  });
}

/** The server hands out the CSRF cookie with its first answer; a page opened from a mail link has none yet. */
async function ensureCsrf(): Promise<void> {
  if (!document.cookie.includes("csrftoken=")) await authRequest("/auth/session", "GET", undefined, [401]);
}

export async function signIn(email: string, password: string): Promise<void> {
  await ensureCsrf();
  await authRequest("/auth/login", "POST", { email, password }, [409]);
}

export async function signOut(): Promise<void> {
  await authRequest("/auth/session", "DELETE", undefined, [401]);
}

export async function askForReset(email: string): Promise<void> {
  await ensureCsrf();
  await authRequest("/auth/password/request", "POST", { email });
}

export async function resetPassword(key: string, password: string): Promise<void> {
  await ensureCsrf();
  await authRequest("/auth/password/reset", "POST", { key, password }, [401]);
}

export async function changePassword(current: string, next: string): Promise<void> {
  await authRequest("/account/password/change", "POST", { current_password: current, new_password: next });
}

export async function listSessions(): Promise<DeviceSession[]> {
  return (await authRequest<DeviceSessions>("/auth/sessions", "GET")).data;
}

export async function endSessions(ids: number[]): Promise<void> {
  await authRequest("/auth/sessions", "DELETE", { sessions: ids });
}

export function readInvitation(key: string): Promise<Invitation> {
  return request<Invitation>(`/api/v1/invitations/${encodeURIComponent(key)}`);
}

/** Makes the account (or confirms the one there is) and signs in. */
export async function acceptInvitation(key: string, name: string, password: string): Promise<Accepted> {
  await ensureCsrf();
  const path = `/api/v1/invitations/${encodeURIComponent(key)}/accept`;
  return readResponse(await send(path, { method: "POST", body: { name, password } }));
}
