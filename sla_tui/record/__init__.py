"""The record: values to TOML text and back with comments kept, and files that are never torn."""
