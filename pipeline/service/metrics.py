"""What Prometheus is told: requests, their time, and which publication is served."""

from __future__ import annotations

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, generate_latest

from pipeline.service.publication import Facts

_SECONDS = (0.001, 0.0025, 0.005, 0.01, 0.02, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5)


class Metrics:
    """Counts of one service; of a path its pattern is kept, never the id in it."""

    def __init__(self) -> None:
        self._registry = CollectorRegistry()
        self._requests = Counter(
            "segments_requests", "Requests by what came of them.",
            ("method", "path", "status"), registry=self._registry,
        )  # fmt: skip
        self._seconds = Histogram(
            "segments_request_seconds", "Time of a request.",
            ("path",), buckets=_SECONDS, registry=self._registry,
        )  # fmt: skip
        self._renewals = Counter(
            "segments_publications", "Publications since the start.", registry=self._registry
        )
        self._model_version = Gauge(
            "segments_model_version", "Version of the model that is served.",
            registry=self._registry,
        )  # fmt: skip
        self._customers = Gauge(
            "segments_customers", "Customers of the publication.", registry=self._registry
        )

    def note(self, method: str, path: str, status: int, seconds: float) -> None:
        """Count one request."""
        known = method if method in ("GET", "POST", "HEAD", "OPTIONS") else "other"
        self._requests.labels(known, path, str(status)).inc()
        self._seconds.labels(path).observe(seconds)

    def note_publication(self, facts: Facts) -> None:
        """Say which publication is served from now on."""
        self._renewals.inc()
        self._model_version.set(facts.model_version or 0)
        self._customers.set(facts.customer_count)

    def text(self) -> bytes:
        """Return everything in Prometheus's format."""
        return generate_latest(self._registry)
