/** What happy-dom lacks and Mantine needs, and a clean page after each test. */
import "@testing-library/jest-dom/vitest";
import { BroadcastChannel } from "node:worker_threads";
import { cleanup, configure } from "@testing-library/react";
import { afterEach, beforeAll, vi } from "vitest";
import { startI18n } from "@/lib/i18n";
import { rememberLanguage } from "@/lib/language";
import { enterWorkspace } from "@/lib/workspace";

// A shared build machine is slow; a passing test never waits so long.
configure({ asyncUtilTimeout: 10_000 });

// The stand-in for the server asks for one when it is loaded.
globalThis.BroadcastChannel ??= BroadcastChannel as unknown as typeof globalThis.BroadcastChannel;

window.matchMedia = vi.fn().mockImplementation((query: string) => ({
  matches: false,
  media: query,
  addEventListener: () => {},
  removeEventListener: () => {},
  addListener: () => {},
  removeListener: () => {},
  dispatchEvent: () => false,
}));
window.HTMLElement.prototype.scrollIntoView = () => {};

Object.defineProperty(document, "fonts", {
  value: { addEventListener: () => {}, removeEventListener: () => {} },
});

class NoResizeObserver {
  observe() {}
  unobserve() {}
  disconnect() {}
}
window.ResizeObserver ??= NoResizeObserver as unknown as typeof ResizeObserver;

beforeAll(async () => {
  rememberLanguage("zh-CN");
  enterWorkspace("test");
  await startI18n();
});

afterEach(cleanup);
