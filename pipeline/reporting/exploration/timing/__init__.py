"""When events happen, and where days are missing."""
