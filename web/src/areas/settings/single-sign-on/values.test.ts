import { expect, test } from "vitest";
import { isHalf, missing, paramsOf, stepOf, valuesOf } from "./values";

const empty = valuesOf(null);

test("a field that was refused leads to the step on which it stands", () => {
  expect(stepOf([])).toBeNull();
  expect(stepOf(["domains"])).toBe("people");
  expect(stepOf(["default_role", "issuer"])).toBe("connection");
});

test("a secret that was not typed again is not sent, an emptied one is", () => {
  expect(paramsOf({ ...empty, secret: null })).not.toHaveProperty("secret");
  expect(paramsOf({ ...empty, secret: "" })).toHaveProperty("secret", "");
});

test("lines that nobody filled in are left out, half ones are not", () => {
  const role_map = [
    { value: "", role: "" },
    { value: "crm", role: "" },
    { value: "", role: "r1" },
    { value: " ", role: "" },
  ];
  expect(paramsOf({ ...empty, role_map }).role_map).toEqual([role_map[1], role_map[2]]);
  expect(role_map.map(isHalf)).toEqual([false, true, true, false]);
});

test.each([
  ["oidc", {}, "name"],
  ["oidc", { name: "a" }, "issuer"],
  ["oidc", { name: "a", issuer: "https://x" }, "client_id"],
  ["oidc", { name: "a", issuer: "https://x", client_id: "c" }, null],
  ["saml", { name: "a", issuer: "x" }, "metadata"],
  ["saml", { name: "a", issuer: "x", sign_in_url: "https://x", certificates: ["c"] }, null],
] as const)("of %s with %o, %s is missing", (protocol, values, key) => {
  expect(
    missing(
      { ...empty, ...values, certificates: [...("certificates" in values ? values.certificates : [])] },
      protocol,
    ),
  ).toBe(key);
});
