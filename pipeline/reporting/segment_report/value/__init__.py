"""What a segment is worth in the month that follows."""
