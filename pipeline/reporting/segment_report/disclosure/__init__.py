"""What of the exact facts may be shown: the last step before they are written, and the only one.

Every figure is computed from exact values first. Here some become None, and, in public only, totals
become what the shown groups add up to, and money what three digits say of it.
"""
