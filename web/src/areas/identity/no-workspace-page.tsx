/** For an account that belongs to no workspace. */
export function NoWorkspacePage() {
  return null;
}
