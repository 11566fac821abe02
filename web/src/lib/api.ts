/** The one door to the server: JSON requests with CSRF and language, refusals as typed errors. */
import type { FieldProblem, Problem } from "@/api/types";
import { idleSeconds } from "./activity";
import { currentLanguage } from "./language";
import { rememberOwnChange } from "./own-changes";

/** A refusal of the server (problem+json) or an unreachable server (status 0, code "network"). */
export class ApiError extends Error {
  readonly status: number;
  readonly code: string;
  readonly params: Record<string, unknown>;
  readonly fields: FieldProblem[];
  readonly requestId: string | null;

  constructor(problem: {
    status: number;
    code: string;
    message: string;
    params?: Problem["params"];
    fields?: FieldProblem[];
    requestId?: string | null;
  }) {
    super(problem.message);
    this.name = "ApiError";
    this.status = problem.status;
    this.code = problem.code;
    this.params = problem.params ?? {};
    this.fields = problem.fields ?? [];
    this.requestId = problem.requestId ?? null;
  }

  /** Messages by field, for a form. What is wrong in a line of a table (`lines.0.amount`) is told at the table. */
  byField(): Record<string, string> {
    return Object.fromEntries(
      this.fields.map(({ field, message }) => {
        const [table = field, place] = field.split(".");
        return place === undefined ? [field, message] : [table, `${Number(place) + 1}. ${message}`];
      }),
    );
  }
}

export interface RequestOptions {
  method?: "GET" | "POST" | "PUT" | "PATCH" | "DELETE";
  /** Sent as JSON; a FormData is sent as it is. */
  body?: unknown;
  query?: Record<string, string | number | boolean | null | undefined>;
  headers?: Record<string, string>;
  signal?: AbortSignal;
}

function cookie(name: string): string | null {
  const found = document.cookie.split("; ").find((part) => part.startsWith(`${name}=`));
  return found ? decodeURIComponent(found.slice(name.length + 1)) : null;
}

export function withQuery(path: string, query: RequestOptions["query"]): string {
  const params = new URLSearchParams();
  for (const [key, value] of Object.entries(query ?? {})) {
    if (value !== null && value !== undefined) params.set(key, String(value));
  }
  const text = params.toString();
  return text ? `${path}${path.includes("?") ? "&" : "?"}${text}` : path;
}

/** Sends a request and returns the raw response; throws ApiError only when the server cannot be reached. */
export async function send(path: string, options: RequestOptions = {}): Promise<Response> {
  const method = options.method ?? "GET";
  const headers: Record<string, string> = {
    Accept: "application/json",
    "Accept-Language": currentLanguage(),
    // The history tells changes made on the screens from those made by programs.
    "X-Guanxi-Via": "ui",
    // What a page asks for by itself keeps no session alive, only a person at it does.
    "X-Guanxi-Idle": String(idleSeconds()),
    ...options.headers,
  };
  let body: BodyInit | undefined;
  if (options.body instanceof FormData) {
    body = options.body;
  } else if (options.body !== undefined) {
    headers["Content-Type"] = "application/json";
    body = JSON.stringify(options.body);
  }
  const token = cookie("csrftoken");
  if (method !== "GET" && token) headers["X-CSRFToken"] = token;
  try {
    return await fetch(withQuery(path, options.query), {
      method,
      headers,
      body,
      signal: options.signal,
      credentials: "same-origin",
    });
  } catch (error) {
    if (error instanceof DOMException && error.name === "AbortError") throw error;
    throw new ApiError({ status: 0, code: "network", message: "" });
  }
}

/** Reads the body of a response; a refusal becomes an ApiError with the server's own sentence. */
export async function readResponse<T>(response: Response): Promise<T> {
  const text = await response.text();
  const isJson = (response.headers.get("content-type") ?? "").includes("json");
  const data = isJson && text ? JSON.parse(text) : null;
  if (response.ok) return (isJson ? data : (text as unknown)) as T;
  throw new ApiError({
    status: response.status,
    code: data?.code ?? `http_${response.status}`,
    message: data?.detail ?? data?.title ?? "",
    params: data?.params,
    fields: data?.fields,
    requestId: data?.request_id ?? response.headers.get("x-request-id"),
  });
}

export async function request<T>(path: string, options: RequestOptions = {}): Promise<T> {
  const answer = await readResponse<T>(await send(path, options));
  if (options.method && options.method !== "GET") rememberOwnChange(answer);
  return answer;
}
