/** The hues the workspace gave its tags, loaded once for all cells that show some. */
import { useEffect } from "react";
import { create } from "zustand";
import type { Hue } from "@/api/types";
import { findObject, useCatalog } from "@/lib/catalog";
import { queryRecords } from "@/lib/records";
import { currentWorkspace } from "@/lib/workspace";
import { hueOf } from "@/ui/avatar";

const MOST = 200;

export interface KnownTag {
  name: string;
  hue: Hue;
}

const useTags = create<{ workspace: string | null; tags: KnownTag[] }>(() => ({ workspace: null, tags: [] }));

async function load(workspace: string): Promise<void> {
  useTags.setState({ workspace, tags: [] });
  try {
    const { rows } = await queryRecords("tag", { select: ["name", "color"], limit: MOST });
    const tags = rows.map((row) => ({
      name: String(row.name),
      hue: (row.color as Hue | null) ?? hueOf(String(row.name)),
    }));
    useTags.setState({ workspace, tags });
  } catch {
    // Hues are decoration: without them words keep the hue their letters give. The next mount tries again.
    useTags.setState({ workspace: null, tags: [] });
  }
}

/** Tags the workspace knows; asks the server the first time somebody needs them. */
export function useKnownTags(): KnownTag[] {
  const known = findObject(useCatalog(), "tag") !== undefined;
  useEffect(() => {
    const workspace = currentWorkspace();
    if (known && useTags.getState().workspace !== workspace) void load(workspace);
  }, [known]);
  return useTags((state) => state.tags);
}

export function hueOfTag(tags: KnownTag[], name: string): Hue {
  return tags.find((tag) => tag.name === name)?.hue ?? hueOf(name);
}

/** After a person coined a new tag, the next reader asks again. */
export function forgetTags(): void {
  useTags.setState({ workspace: null });
}
