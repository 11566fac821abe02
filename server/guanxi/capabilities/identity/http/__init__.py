"""The few addresses of identity that the record API cannot say."""
