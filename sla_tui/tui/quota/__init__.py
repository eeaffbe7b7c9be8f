"""Quotas on the screen: their list, their form, and the picture of the funnel that explains one."""
