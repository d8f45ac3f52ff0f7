"""What a clinic sets once for all its clients: name, numbers, logo, videos."""
