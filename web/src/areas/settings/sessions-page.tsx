/** Where the account is signed in. */
export function SessionsPage() {
  return null;
}
