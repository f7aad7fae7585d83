"""Why users cannot be segmented, each as one plain sentence."""


class SegmentationError(ValueError):
    """The users or the settings do not allow a segmentation."""


class NothingToSegment(SegmentationError):  # noqa: N818 - reads as what it says
    """These users make no segments, whatever the settings."""


class TooFewUsers(NothingToSegment):
    """There are fewer users than segments need."""
