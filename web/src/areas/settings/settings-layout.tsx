/** The frame of the settings pages. */
import { Outlet } from "@tanstack/react-router";

export function SettingsLayout() {
  return <Outlet />;
}
