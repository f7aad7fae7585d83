"""The shapes of answers, which OpenAPI shows with examples."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from pydantic import BaseModel, ConfigDict


class Refusal(BaseModel):
    """Why a request was not answered, in one sentence."""

    detail: str


class Label(BaseModel):
    """The segment of a customer, or the reason why there is none."""

    segment_id: int | None
    segment_name: str | None
    unsegmented_reason: str | None
    lifecycle_state: str
    confidence: float | None
    distance: float | None
    next_segment_id: int | None
    next_distance: float | None
    model_version: int | None


class Customer(Label):
    """A customer of the publication: label, and every feature by its name."""

    model_config = ConfigDict(
        extra="allow",
        json_schema_extra={
            "example": {
                "customer_id": "541312140", "segment_id": 0, "segment_name": "Loyal regulars",
                "unsegmented_reason": None, "lifecycle_state": "active", "confidence": 0.42,
                "distance": 1.1, "next_segment_id": 1, "next_distance": 1.9, "model_version": 1,
                "order_count": 7, "revenue": 412.5, "recency_days": 3,
            }
        },
    )  # fmt: skip

    customer_id: str


class Segment(BaseModel):
    """A segment, with its name, its rule and its size."""

    segment_id: int
    segment_name: str
    segment_name_fr: str | None
    naming_rule: str | None
    recommended_action: str | None
    recommended_action_fr: str | None
    user_count: int
    user_share: float | None
    revenue: float | None
    revenue_share: float | None
    buyer_rate: float | None
    model_version: int | None


class Member(BaseModel):
    """A customer of a segment."""

    customer_id: str
    lifecycle_state: str
    confidence: float | None


class Members(BaseModel):
    """Some customers of a segment, and the cursor of the next ones; null after the last."""

    customers: list[Member]
    next_cursor: str | None


class RefusedEvent(BaseModel):
    """An event that does not count, by its place from 1, and why."""

    place: int
    reason: str


class Scored(BaseModel):
    """The label that the events come to; null where no event counts."""

    label: Label | None
    reason: str | None
    as_of: date
    kept_count: int
    repeated_count: int
    refused: list[RefusedEvent]


class Health(BaseModel):
    """Which publication is served."""

    status: str
    model_version: int | None
    customer_count: int
    as_of: date | None
    served_since: datetime


EVENTS_EXAMPLE: dict[str, Any] = {
    "events": [
        {
            "event_time": "2019-12-30 10:15:00 UTC", "event_type": "view", "product_id": 1004856,
            "category_id": 2053013555631882655, "category_code": "electronics.smartphone",
            "brand": "samsung", "price": 130.76, "user_id": 541312140,
            "user_session": "72d76fde-8bb3-4e00-8c23-a032dfed738c",
        },
        {
            "event_time": "2019-12-30 10:17:00 UTC", "event_type": "purchase",
            "product_id": 1004856, "category_id": 2053013555631882655,
            "category_code": "electronics.smartphone", "brand": "samsung", "price": 130.76,
            "user_id": 541312140, "user_session": "72d76fde-8bb3-4e00-8c23-a032dfed738c",
        },
    ]
}  # fmt: skip
