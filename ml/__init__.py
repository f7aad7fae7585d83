"""Segmentation of customers: frames in, parameters and evaluations out.

Nothing here knows SQL, files or dbt. The order of the steps stands in `training`, one step a
module.
"""
