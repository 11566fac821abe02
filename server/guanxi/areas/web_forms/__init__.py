"""Forms for strangers: on pages of their own or within other sites, whose submissions become leads."""
