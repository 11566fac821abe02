/** The people of the workspace. */
export function MembersPage() {
  return null;
}
