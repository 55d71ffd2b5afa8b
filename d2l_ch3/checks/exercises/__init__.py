"""The exercises, one module each: its probe, its judge, its misconceptions and hints."""
