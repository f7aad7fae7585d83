"""What each command does, and what it says at its end."""
