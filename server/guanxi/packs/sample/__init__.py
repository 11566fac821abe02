"""A sample workspace in Chinese: an invented company that sells software to factories, with a year behind it."""
