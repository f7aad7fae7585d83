"""Apache Spark as the engine: its session, and what the lake knows."""
