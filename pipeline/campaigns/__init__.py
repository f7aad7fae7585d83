"""Campaigns: who gets them and who is left alone, remembered, and what they changed."""
