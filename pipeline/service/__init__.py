"""Labels by HTTP: looking up customers, listing segments, scoring events that are sent."""
