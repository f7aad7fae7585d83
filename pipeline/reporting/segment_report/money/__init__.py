"""Where the money is: the segments by customers and by revenue."""
