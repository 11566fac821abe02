"""How programs reach a workspace: keys of members, and apps that members allow to act for them."""
