"""HTTP glue that all rooms share: headers, error pages, health."""
