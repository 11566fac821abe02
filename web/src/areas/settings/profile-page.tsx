/** Language, theme and password of the member. */
export function ProfilePage() {
  return null;
}
