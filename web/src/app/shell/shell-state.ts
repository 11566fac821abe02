/** What of the shell is open; the collapsed sidebar is remembered in this browser. */
import { create } from "zustand";

const STORE = "guanxi.rail";

interface ShellState {
  rail: boolean;
  drawer: boolean;
  palette: boolean;
  help: boolean;
  toggleRail(): void;
  show(part: "drawer" | "palette" | "help", open: boolean): void;
}

export const useShell = create<ShellState>((set, get) => ({
  rail: localStorage.getItem(STORE) === "1",
  drawer: false,
  palette: false,
  help: false,
  toggleRail() {
    const rail = !get().rail;
    localStorage.setItem(STORE, rail ? "1" : "0");
    set({ rail });
  },
  show: (part, open) => set({ [part]: open }),
}));
