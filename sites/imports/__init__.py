"""Files of places made by others: each module reads one format and says what is wrong, row by row."""
