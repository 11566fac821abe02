/** Questions about the second factors of an account. */
import type { SecondFactor } from "@/lib/second-factor";

/** Whether nothing would be left without this one; recovery codes only stand in for something. */
export function isLast(factors: SecondFactor[], one: SecondFactor): boolean {
  return !factors.some((other) => other !== one && other.type !== "recovery_codes");
}

/** A moment in seconds since 1970 as the formats read it. */
export function moment(seconds: number): string {
  return new Date(seconds * 1_000).toISOString();
}
