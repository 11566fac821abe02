/** Requests of signing in and out: allauth's headless browser API, whose refusals become ApiErrors with our sentences. */
import i18next from "i18next";
import type { Accepted, DeviceSession, DeviceSessions, Invitation } from "@/api/types";
import { ApiError, readResponse, request, send } from "./api";

const BASE = "/_allauth/browser/v1";

interface AuthProblem {
  errors?: { code: string; param?: string; message: string }[];
  /** A refusal of ours rather than of allauth. */
  code?: string;
  detail?: string;
  meta?: { is_authenticated?: boolean };
}

/** The code of an ApiError that means: prove again who you are, then try once more. */
export const PROOF_NEEDED = "proof_needed";

/** Codes of allauth for which we have a clearer sentence than its own. */
const OWN_WORDS: Record<string, string> = {
  email_password_mismatch: "lib.auth_mismatch",
  incorrect_code: "lib.auth_code",
  rate_limited: "lib.auth_too_many",
  enter_current_password: "lib.auth_current_password",
  invalid_or_expired_key: "lib.auth_key",
  invalid_password_reset: "lib.auth_key",
  password_entirely_numeric: "lib.auth_numeric",
  password_too_similar: "lib.auth_similar",
};

function words(code: string, fallback: string): string {
  const key = OWN_WORDS[code];
  return key ? i18next.t(key) : fallback;
}

/** Sends to allauth; `accept` lists statuses that mean success here (a sign-out answers 401). */
export async function authRequest<T>(
  path: string,
  method: "GET" | "POST" | "PUT" | "DELETE",
  body?: unknown,
  accept: number[] = [],
): Promise<T> {
  const response = await send(`${BASE}${path}`, { method, body });
  const data = (await response.json().catch(() => ({}))) as AuthProblem & T;
  if (response.ok || accept.includes(response.status)) return data;
  const problems = data.errors ?? [];
  const [first] = problems;
  if (response.status === 401 && data.meta?.is_authenticated) {
    throw new ApiError({ status: 401, code: PROOF_NEEDED, message: i18next.t("lib.auth_proof_needed") });
  }
  if (data.code && data.detail) {
    throw new ApiError({ status: response.status, code: data.code, message: data.detail });
  }
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

/** What signing in asks for next; "done" when somebody is signed in. */
export interface SignInStep {
  step: "done" | "code" | "trust" | "none";
  /** What the account has for a second step. */
  types: SecondFactorType[];
}

export type SecondFactorType = "totp" | "webauthn" | "recovery_codes";

interface Flow {
  id: string;
  is_pending?: boolean;
  types?: SecondFactorType[];
}

interface SignInAnswer {
  status: number;
  data?: { flows?: Flow[] };
}

const STEPS: Record<string, SignInStep["step"]> = { mfa_authenticate: "code", mfa_trust: "trust" };

function stepOf(answer: SignInAnswer): SignInStep {
  // 409: somebody is signed in already.
  if (answer.status === 200 || answer.status === 409) return { step: "done", types: [] };
  const pending = answer.data?.flows?.find((flow) => flow.is_pending && flow.id in STEPS);
  return { step: pending ? (STEPS[pending.id] ?? "none") : "none", types: pending?.types ?? [] };
}

/** One step of signing in. An account that is closed passes every step and is still nobody. */
export async function signInRequest(path: string, body: unknown): Promise<SignInStep> {
  await ensureCsrf();
  const next = stepOf(await authRequest<SignInAnswer>(path, "POST", body, [401, 409]));
  if (next.step === "none") {
    throw new ApiError({ status: 403, code: "closed", message: i18next.t("lib.auth_closed") });
  }
  return next;
}

export function signIn(email: string, password: string): Promise<SignInStep> {
  return signInRequest("/auth/login", { email, password });
}

/** The step at which somebody stands who began to sign in. */
export async function presentStep(): Promise<SignInStep> {
  return stepOf(await authRequest<SignInAnswer>("/auth/session", "GET", undefined, [401, 410]));
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
