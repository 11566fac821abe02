import { HttpResponse, http } from "msw";
import { setupServer } from "msw/node";
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { ApiError, request, withQuery } from "./api";

const server = setupServer();
beforeAll(() => server.listen());
afterEach(() => server.resetHandlers());
afterAll(() => server.close());

const url = `${window.location.origin}/api/v1/demo/records/company`;

test("sends JSON with the language and, when it changes something, the CSRF token", async () => {
  let sent: Headers | undefined;
  // biome-ignore lint/suspicious/noDocumentCookie: the server sets it this way
  document.cookie = "csrftoken=abc";
  server.use(
    http.post(url, ({ request: received }) => {
      sent = received.headers;
      return HttpResponse.json({ id: "1" }, { status: 201 });
    }),
  );

  await expect(request(url, { method: "POST", body: { values: {} } })).resolves.toEqual({ id: "1" });

  expect(sent?.get("content-type")).toBe("application/json");
  expect(sent?.get("accept-language")).toBe("zh-CN");
  expect(sent?.get("x-csrftoken")).toBe("abc");
});

test("a refusal carries its code, sentence, parameters and fields", async () => {
  server.use(
    http.get(url, () =>
      HttpResponse.json(
        {
          code: "records.invalid",
          detail: "请检查标出的字段。",
          params: { count: 1 },
          fields: [{ field: "name", code: "fields.required", message: "必填" }],
          request_id: "r1",
        },
        { status: 422, headers: { "content-type": "application/problem+json" } },
      ),
    ),
  );

  const error = await request(url).catch((refusal: unknown) => refusal);

  expect(error).toBeInstanceOf(ApiError);
  expect(error).toMatchObject({
    status: 422,
    code: "records.invalid",
    params: { count: 1 },
    requestId: "r1",
  });
  expect((error as ApiError).byField()).toEqual({ name: "必填" });
});

test("an unreachable server is an error of its own", async () => {
  server.use(http.get(url, () => HttpResponse.error()));

  await expect(request(url)).rejects.toMatchObject({ status: 0, code: "network" });
});

test("query parameters leave out what is not set", () => {
  expect(withQuery("/a", { q: "王 芳", limit: 20, cursor: null, objects: undefined })).toBe(
    "/a?q=%E7%8E%8B+%E8%8A%B3&limit=20",
  );
});
