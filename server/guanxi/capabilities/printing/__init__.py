"""Documents on paper: a source, words as data and pictures become a PDF."""
