"""Grades of leads: worked out by the database for many leads at once, told of every change, and anew every night."""
