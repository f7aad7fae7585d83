"""Somebody who combines everything that is published, to find out about a few people."""
