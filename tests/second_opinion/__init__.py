"""Our Gmail adapter before a Gmail stand-in that others wrote: `make second-opinion`."""
