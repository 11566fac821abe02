import { expect, test } from "vitest";
import type { SecondFactor } from "@/lib/second-factor";
import { isLast, moment } from "./factors";

const factor = (type: SecondFactor["type"], id?: number): SecondFactor => ({
  type,
  id,
  created_at: 0,
  last_used_at: null,
});

test("recovery codes do not keep the last second factor from being the last", () => {
  const app = factor("totp");
  const key = factor("webauthn", 1);

  expect(isLast([app, factor("recovery_codes")], app)).toBe(true);
  expect(isLast([app, key, factor("recovery_codes")], app)).toBe(false);
  expect(isLast([factor("webauthn", 2), key], key)).toBe(false);
});

test("moments of the server are read as instants", () => {
  expect(moment(1_700_000_000.5)).toBe("2023-11-14T22:13:20.500Z");
});
