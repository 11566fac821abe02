/** Join a workspace with the key of the invitation. */
export function AcceptInvitationPage() {
  return null;
}
