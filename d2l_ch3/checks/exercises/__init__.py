"""The exercises, one module each with its probe and judge, and its words in the TOML file of the same name."""
