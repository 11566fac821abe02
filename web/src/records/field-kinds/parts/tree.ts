/** Classifications that the server knows: regions, industries. Each list of nodes is asked for once. */
import { queryOptions } from "@tanstack/react-query";
import type { TreeNode, TreeNodes } from "@/api/types";
import { currentLanguage } from "@/lib/language";
import { currentWorkspace, workspaceRequest } from "@/lib/workspace";

export type TreeName = "region" | "industry";

/** A value of a classification: the code, and the name to show. */
export interface Coded {
  code: string;
  name: string;
  /** Where the name has a part in English. */
  name_en?: string;
}

interface TreeQuestion {
  /** The nodes under this one. */
  under?: string;
  /** Just this node. */
  code?: string;
  /** Nodes with this in their names. */
  text?: string;
  depth: number;
}

export function treeQuery(tree: TreeName, question: TreeQuestion) {
  return queryOptions({
    queryKey: ["tree", currentWorkspace(), currentLanguage(), tree, question],
    queryFn: async ({ signal }): Promise<TreeNode[]> => {
      const { nodes } = await workspaceRequest<TreeNodes>(`/trees/${tree}`, {
        query: { ...question },
        signal,
      });
      return nodes;
    },
    staleTime: Number.POSITIVE_INFINITY,
  });
}
