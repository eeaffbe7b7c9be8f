"""What an agreement says: its models, its values, its paths, its checks."""
