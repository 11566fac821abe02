import { expect, test } from "vitest";
import { ApiError } from "./api";
import { wayOut } from "./session-end";

const refusal = (status: number, code: string) => new ApiError({ status, code, message: "" });
const HERE = "/w/demo/o/company?view=1";
const BACK = "next=%2Fw%2Fdemo%2Fo%2Fcompany%3Fview%3D1";

test.each([
  [refusal(401, "request.not_signed_in"), `/sign-in?${BACK}`],
  [refusal(401, "identity.session_idle"), `/sign-in?${BACK}&ended=idle`],
  [refusal(401, "identity.session_over"), `/sign-in?${BACK}&ended=over`],
  [refusal(403, "identity.second_factor_needed"), `/second-factor?${BACK}`],
  [refusal(403, "identity.address_not_allowed"), null],
  [refusal(401, "proof_needed"), null],
  [refusal(0, "network"), null],
  [new Error("elsewhere"), null],
])("%s leads on to %s", (error, way) => {
  expect(wayOut(error, HERE)).toBe(way);
});

test("the question of an app is put after signing in, as the app wrote it", () => {
  const here = '/oauth/authorize?client_id=a&state=1e3"x"&state=2';

  const way = wayOut(refusal(401, "request.not_signed_in"), here);

  expect(new URLSearchParams(way?.split("?")[1]).get("next")).toBe(here);
});

test("where a workspace is entered through its provider, the way leads there", () => {
  const error = new ApiError({
    status: 403,
    code: "single_sign_on.needed",
    message: "",
    params: { workspace: "demo" },
  });
  expect(wayOut(error, HERE)).toBe(`/sign-in?${BACK}&workspace=demo&problem=single_sign_on.needed`);
});

test("nobody is led away from the pages before a workspace", () => {
  expect(wayOut(refusal(401, "request.not_signed_in"), "/sign-in")).toBeNull();
});
