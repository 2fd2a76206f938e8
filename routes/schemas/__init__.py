"""What comes in and goes out, member by member; the OpenAPI document is made from these."""
