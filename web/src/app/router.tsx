/** All addresses of the client. Pages are loaded when they are visited, and with each the texts that it alone needs. */
import { createRouter } from "@tanstack/react-router";
import { PageSkeleton } from "@/ui/states";
import { ErrorPage } from "./root-layout";
import { rootRoute } from "./routes/root";
import { settingsPages, settingsRoute } from "./routes/settings";
import { accessPages } from "./routes/settings-access";
import { automationPages } from "./routes/settings-automation";
import { signingInRoutes } from "./routes/signing-in";
import { workspacePages, workspaceRoute } from "./routes/workspace";

const routeTree = rootRoute.addChildren([
  ...signingInRoutes,
  workspaceRoute.addChildren([
    ...workspacePages,
    settingsRoute.addChildren([...settingsPages, ...accessPages, ...automationPages]),
  ]),
]);

export const router = createRouter({
  routeTree,
  defaultPreload: "intent",
  defaultPendingComponent: PageSkeleton,
  defaultPendingMs: 200,
  defaultErrorComponent: ({ error, reset }) => <ErrorPage error={error} onRetry={reset} />,
});

declare module "@tanstack/react-router" {
  interface Register {
    router: typeof router;
  }
}
