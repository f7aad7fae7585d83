"""Why users cannot be segmented, each as one plain sentence."""


class SegmentationError(ValueError):
    """The users or the settings do not allow a segmentation."""


class TooFewUsers(SegmentationError):  # noqa: N818 - reads as what it says
    """There are fewer users than segments need."""
