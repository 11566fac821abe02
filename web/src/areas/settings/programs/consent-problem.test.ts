import { expect, test } from "vitest";
import { ApiError } from "@/lib/api";
import { problemOf } from "./consent-problem";

const refusal = (status: number, code: string) => new ApiError({ status, code, message: "" });

test.each([
  [refusal(400, "access_keys.app_wrong_client"), "client"],
  [refusal(400, "access_keys.app_wrong_redirect"), "redirect"],
  [refusal(400, "access_keys.app_wrong_request"), "request"],
  [refusal(404, "access_keys.app_of_others"), "others"],
  [refusal(403, "access.view_as_read_only"), "looking"],
  [refusal(403, "identity.address_not_allowed"), "refused"],
  [refusal(429, "request.too_often"), "failed"],
  [refusal(500, "server"), "failed"],
  [refusal(0, "network"), "failed"],
  [new Error("elsewhere"), "failed"],
])("%s is told as %s", (error, problem) => {
  expect(problemOf(error)).toBe(problem);
});
