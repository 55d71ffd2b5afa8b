"""What builds and shows the course; nothing here is installed with the package."""
