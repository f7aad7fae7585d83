"""How many events sessions have, and how long they take."""
