/** The state of a list, kept in its address over the view it shows. */
import { getRouteApi } from "@tanstack/react-router";
import { useCallback, useMemo } from "react";
import { applySearch, isChanged, searchFor, type ViewState } from "./list-state";

const route = getRouteApi("/w/$ws/o/$object");

/** A view as far as the state needs it. */
type BaseView = { id: string; state: ViewState };

export type ListState = {
  state: ViewState;
  /** What is typed into the search box. */
  text: string;
  /** True when the address changes what the view has saved. */
  changed: boolean;
  change(values: Partial<ViewState>): void;
  setText(text: string): void;
  /** Shows another view, or the same one as it was saved. */
  show(viewId: string): void;
};

export function useListState(view: BaseView): ListState {
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const state = useMemo(() => applySearch(view.state, search), [view.state, search]);
  const change = useCallback(
    (values: Partial<ViewState>) => {
      navigate({
        search: (now) =>
          searchFor(view.state, { ...applySearch(view.state, now), ...values }, { view: view.id, q: now.q }),
        replace: true,
      });
    },
    [navigate, view],
  );
  const setText = useCallback(
    (text: string) => {
      navigate({ search: (now) => ({ ...now, q: text || undefined, search: undefined }), replace: true });
    },
    [navigate],
  );
  const show = useCallback((viewId: string) => navigate({ search: { view: viewId } }), [navigate]);
  return { state, text: search.q ?? "", changed: isChanged(search), change, setText, show };
}
