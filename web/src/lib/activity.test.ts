import { beforeEach, expect, test, vi } from "vitest";

beforeEach(() => {
  vi.useFakeTimers({ now: new Date("2026-11-22T10:00:00Z") });
  vi.resetModules();
  localStorage.clear();
});

test("a key press or a click begins the time anew", async () => {
  const { idleSeconds } = await import("./activity");
  vi.advanceTimersByTime(90_500);
  expect(idleSeconds()).toBe(90);

  window.dispatchEvent(new Event("keydown"));

  expect(idleSeconds()).toBe(0);
});

test("somebody at another tab is somebody at this browser", async () => {
  const { idleSeconds } = await import("./activity");
  vi.advanceTimersByTime(60_000);

  localStorage.setItem("guanxi.touched", String(Date.now() - 4_000));

  expect(idleSeconds()).toBe(4);
});

test("a time in the future, from a clock that was wrong, counts as now", async () => {
  const { idleSeconds } = await import("./activity");
  vi.advanceTimersByTime(60_000);

  localStorage.setItem("guanxi.touched", String(Date.now() + 3_600_000));

  expect(idleSeconds()).toBe(0);
});
