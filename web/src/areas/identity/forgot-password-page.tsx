/** Ask for a mail to set a new password. */
export function ForgotPasswordPage() {
  return null;
}
