"""What a clinic sets once: name, numbers, logo, videos."""
