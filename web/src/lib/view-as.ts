/** Looking at the workspace with another member's eyes: asking for it from anywhere, beginning and ending it. */
import { create } from "zustand";
import type { ViewAs, ViewAsEnd } from "@/api/types";
import { currentWorkspace, workspaceRequest } from "./workspace";

/** The right over the workspace that it takes. */
export const VIEW_AS = "view_as";

export interface Person {
  id: string;
  name: string;
}

interface ViewAsState {
  /** As whom somebody is about to look; the shell asks them why. */
  asked: Person | null;
  ask(person: Person | null): void;
}

export const useViewAs = create<ViewAsState>((set) => ({
  asked: null,
  ask: (asked) => set({ asked }),
}));

/** Everything on the screen is another person's from here on, or one's own again: the page begins anew. */
function beginAnew(): void {
  window.location.assign(`/w/${encodeURIComponent(currentWorkspace())}`);
}

export async function beginViewAs(person: Person, reason: string): Promise<void> {
  await workspaceRequest<ViewAs>("/view-as", { method: "POST", body: { member: person.id, reason } });
  beginAnew();
}

export async function endViewAs(): Promise<void> {
  await workspaceRequest<ViewAsEnd>("/view-as", { method: "DELETE" });
  beginAnew();
}
