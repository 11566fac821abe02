/** Sign in with mail address and password. */
export function SignInPage() {
  return null;
}
