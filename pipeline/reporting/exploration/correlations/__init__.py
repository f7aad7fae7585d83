"""Which figures of users rise together."""
