/** The address above all others, and how addresses carry values. */
import { createRootRoute } from "@tanstack/react-router";
import { NotFoundPage, RootLayout } from "../root-layout";

export const rootRoute = createRootRoute({ component: RootLayout, notFoundComponent: NotFoundPage });

/** What stands behind the question mark of an address, before a route has looked at it. */
export type Search = Record<string, unknown>;

/** A value of an address as text, or nothing. */
export const text = (value: unknown) => (typeof value === "string" ? value : undefined);
