/** Set a new password with the key of the mail. */
export function ResetPasswordPage() {
  return null;
}
